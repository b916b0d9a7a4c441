using System.Globalization;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>
/// Looks at self-covariances as they are computed, from any thread, and remembers the failure of the first sample. This is where
/// overflow and diverging expectations are found; entries off the diagonal are <see cref="EntryCheck"/>'s.
/// </summary>
internal sealed class SelfCovarianceCheck(string side, KernelProgram program, string precision)
{
    private readonly Lock _lock = new();
    private (nint Sample, int Step, string Problem)? _first;

    /// <summary>Looks at what <paramref name="step"/> computed for a sample; false where it failed.</summary>
    public bool Covariance(nint sample, int step, double value, string name = "variance")
    {
        if (double.IsFinite(value)) return true;
        Remember(sample, step, string.Create(CultureInfo.InvariantCulture, $"its {name} is {value}"));
        return false;
    }

    /// <summary>Looks at the variance that an activation is about to take; false where its dual does not exist.</summary>
    public bool Domain(nint sample, int step, Activation activation, double variance)
    {
        if (!double.IsFinite(variance)) return false;
        if (activation.DomainProblem(variance) is not { } problem) return true;
        Remember(sample, step, string.Create(CultureInfo.InvariantCulture, $"it receives variance {variance}, where {problem}"));
        return false;
    }

    /// <summary>Throws if any sample failed.</summary>
    public void ThrowIfFailed()
    {
        if (_first is not { } first) return;
        throw new NumericalFailureException(
            "Cannot compute a kernel",
            $"step {first.Step} of the program ({Describe(first.Step)}) fails at {side} sample {first.Sample} (samples count from 0): {first.Problem}",
            "every variance is finite and inside the activation's domain",
            precision == "float32"
                ? "Compute in float64, or scale the inputs or weight variances down"
                : "Scale the inputs or weight variances down");
    }

    private void Remember(nint sample, int step, string problem)
    {
        lock (_lock)
        {
            if (_first is { } first && (first.Sample, first.Step).CompareTo((sample, step)) <= 0) return;
            _first = (sample, step, problem);
        }
    }

    private string Describe(int step) => ProgramText.Write(program).Split('\n')[step + 1];
}
