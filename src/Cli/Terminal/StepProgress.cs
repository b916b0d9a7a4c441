using System.Globalization;

namespace InfiniteNtk.Cli.Terminal;

/// <summary>How far a step is.</summary>
/// <param name="Share">Of the step's work, 0 … 1.</param>
/// <param name="Left">Until everything is done, this step and those after it; null: not known yet.</param>
/// <param name="Rate">How fast, in words; empty: not shown.</param>
internal readonly record struct StepProgress(double Share, TimeSpan? Left, string Rate = "")
{
    private const int WideBar = 24;
    private const int NarrowBar = 8;

    /// <summary>
    /// For example "ntk [######------]  50 %  1.2 M entries/s, 3 s left": in a narrow line first the rate goes, then the bar, then the end of
    /// the step's name; what share is done and what time is left never do.
    /// </summary>
    public string Describe(string step, int width)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"{100 * Share,3:0} %"), left = Left is { } time ? $"{Duration(time)} left" : "";
        string end = left.Length > 0 ? $"{share}  {left}" : share, separator = Rate.Length > 0 && left.Length > 0 ? ", " : "";
        string[] fits = [$"{step} {Bar(WideBar)} {share}  {Rate}{separator}{left}", $"{step} {Bar(WideBar)} {end}", $"{step} {Bar(NarrowBar)} {end}", $"{step} {end}"];
        if (Array.Find(fits, line => line.TrimEnd().Length <= width) is { } line) return line.TrimEnd();
        return Fit(step, end, width);
    }

    /// <summary>A step's name, cut where it does not fit, and what is never cut.</summary>
    public static string Fit(string step, string end, int width)
    {
        int room = width - end.Length - 2;
        return step.Length + 1 + end.Length <= width ? $"{step} {end}" : room > 0 ? $"{step[..room]}\u2026 {end}" : end[Math.Max(end.Length - width, 0)..];
    }

    /// <summary>A duration in its two largest units.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s");

    private string Bar(int width)
    {
        int filled = (int)(Share * width);
        return $"[{new string('#', filled)}{new string('-', width - filled)}]";
    }
}
