using System.Globalization;
using Xunit;

namespace InfiniteNtk.Fuzz;

/// <summary>What any input may lead to: an answer, or one exception of ours whose message is short and safe to show.</summary>
internal static class Oracle
{
    /// <summary>Four parts of 2000 characters and what joins them.</summary>
    public const int LongestMessage = 8100;

    /// <summary>After so long a case that was told to stop counts as one that never ends. No case is measured against it otherwise.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>How many times the cases of the tests are run: for a search by hand, set INTK_FUZZ_TIMES.</summary>
    public static int Times { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("INTK_FUZZ_TIMES"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;

    /// <summary>Runs numbered cases, each with its own random numbers; the first that fails is named with its input.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="seed">Of this test; the number of the case is added.</param>
    /// <param name="make">Makes the input of a case.</param>
    /// <param name="run">Runs it: returns or throws.</param>
    /// <param name="show">The input, for whoever repairs what it found.</param>
    public static void Check<T>(int cases, int seed, Func<Mutator, T> make, Action<T> run, Func<T, string> show)
    {
        var failures = new List<string>();
        int answered = 0;
        for (int i = 0; i < cases * Times && failures.Count < 20; i++)
        {
            T input = make(new Mutator(new Random(seed + i)));
            if (Verdict(() => run(input), out bool answer) is { } wrong) failures.Add($"case {i} of seed {seed}: {wrong}\n  input: {show(input)}");
            if (answer) answered++;
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.InRange(answered, 1, cases * Times - 1); // Mutations that always or never matter test nothing.
    }

    /// <summary>What is wrong about the outcome; null: nothing.</summary>
    private static string? Verdict(Action run, out bool answered)
    {
        string? wrong = null;
        bool done = false;
        var thread = new Thread(() =>
        {
            try
            {
                run();
                done = true;
            }
            catch (InfiniteNtkException refusal)
            {
                wrong = Unfit(refusal.Message);
            }
            catch (RefusedException)
            {
                // Judged already.
            }
            catch (Exception failure)
            {
                wrong = failure.ToString();
            }
        })
        { IsBackground = true };
        thread.Start();
        if (!thread.Join(_patience)) wrong = "it does not end";
        answered = done;
        return wrong;
    }

    /// <summary>What makes a text unfit to be shown; null: nothing.</summary>
    public static string? Unfit(string text, int longest = LongestMessage) =>
        text.Length > longest ? $"a message of {text.Length} characters: {text[..200]}"
        : text.FirstOrDefault(c => (char.IsControl(c) && c is not ('\n' or '\t' or '\r')) || c is >= '\u202A' and <= '\u202E') is var bad && bad != '\0'
            ? $"a message with U+{(int)bad:X4}: {text}"
            : null;
}
