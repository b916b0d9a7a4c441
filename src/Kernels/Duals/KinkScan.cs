namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// Where a function that is only code bends or jumps, for |x| ≤ 100: wherever its slope still changes by as much within 1e-7 as within 1e-5
/// (relative to |x| beyond 1). Changes below a millionth of the slope, or of the function itself for |x| ≤ 1, are not seen: rounding makes such.
/// </summary>
internal static class KinkScan
{
    /// <summary>What is looked at: points that lie 0.003 apart near 0 and 1 % apart far out.</summary>
    public static IReadOnlyList<double> Points { get; } = [.. Enumerable.Range(-622, 1245).Select(Node)];

    /// <summary>The largest |φ| for |x| ≤ 1: what rounding errors elsewhere may be in proportion to, as in log(1 + eˣ).</summary>
    public static double ScaleOf(Func<double, double> function) =>
        Enumerable.Range(-4, 9).Select(i => Math.Abs(function(i / 4.0))).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    /// <summary>The places, ascending; 0 exactly where it is nearer than can be told.</summary>
    public static IReadOnlyList<double> Find(Func<double, double> function)
    {
        var found = new List<double>();
        double scale = ScaleOf(function);
        for (int i = -622; i <= 622; i++)
        {
            double? kink = Zoom(function, scale, Node(i), Node(Math.Abs(i) + 1) - Node(Math.Abs(i)));
            if (kink is { } place && (found.Count == 0 || place - found[^1] > 1e-5 * Math.Max(1, Math.Abs(place)))) found.Add(place);
        }

        return found;
    }

    private static double Node(int i) => 0.25 * Math.Sinh(i / 93.0);

    // Halves a window about its largest second difference; of a bend that stays in proportion to the window, of a jump it stays.
    private static double? Zoom(Func<double, double> function, double scale, double centre, double radius)
    {
        double unit = Math.Max(1, Math.Abs(centre)), coarse = Math.ScaleB(unit, -17), fine = Math.ScaleB(unit, -23);
        (double left, double middle, double right) = (function(centre - radius), function(centre), function(centre + radius));
        double size = Math.Max(Math.Max(scale, Math.Abs(middle)), Math.Max(Math.Abs(left), Math.Abs(right)));
        double slope = Math.Abs(right - left) / (2 * radius), atCoarse = 0, coarseRadius = 1;
        while (radius > fine)
        {
            radius /= 2;
            (double lower, double upper) = (function(centre - radius), function(centre + radius));
            double below = Math.Abs(left - (2 * lower) + middle), here = Math.Abs(lower - (2 * middle) + upper), above = Math.Abs(middle - (2 * upper) + right);
            if (below > here && below >= above) (centre, middle, right) = (centre - radius, lower, middle);
            else if (above > here) (centre, left, middle) = (centre + radius, middle, upper);
            else (left, right) = (lower, upper);
            if (radius > coarse) (atCoarse, coarseRadius) = (Math.Max(below, Math.Max(here, above)), radius);
        }

        double atFine = Math.Abs(left - (2 * middle) + right);
        double bend = atFine / radius, bendAtCoarse = atCoarse / coarseRadius;
        bool bends = bend > 1e-6 * Math.Max(size / unit, slope) && bend >= bendAtCoarse / 3 && bend <= 3 * bendAtCoarse;
        bool jumps = atFine > 1e-5 * size && atFine >= atCoarse / 2;
        if (!double.IsFinite(atFine) || !(bends || jumps)) return null;
        return Math.Abs(centre) < 1e-6 ? 0 : centre;
    }
}
