using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Tests.Support;

/// <summary>
/// How far single precision may be from double precision for one network and one pair of samples, to first order in the error of a
/// step but not in what follows from it.
/// </summary>
/// <remarks>
/// The model is one number: each step leaves K, and the self-covariances of both sides, wrong by at most <see cref="StepError"/> of
/// √(K_xx K_yy), independently of one another. A change of that size is made in double precision after each step in turn, upwards and
/// downwards; how far the output moves is what that step can contribute, and the contributions add. A finite change rather than a
/// derivative, because κ̇ of a kink, and κ of a jump, have an infinite one at ρ = ±1: a change η of ρ turns the angle by √(2η) there.
/// <para>
/// Θ is linear in itself with factors that obey Cauchy–Schwarz (κ̇(x, y)² ≤ κ̇(x, x) κ̇(y, y)), so its own errors never grow against
/// √(Θ_xx Θ_yy): they contribute one <see cref="StepError"/> a step.
/// </para>
/// </remarks>
internal sealed class SinglePrecisionBound
{
    /// <summary>
    /// 16 units in the last place: a dual's own error is at most 13 (docs/numerics.md), its snap of equal inputs 8 of ρ, an input
    /// product of d numbers rounds d + 2 times half a unit.
    /// </summary>
    public const double StepError = 16 * 1.1920928955078125e-7;

    private readonly KernelProgram _program;
    private readonly Side _left;
    private readonly Side _right;

    public SinglePrecisionBound(KernelProgram program, Samples left, Samples right)
    {
        (_program, _left, _right) = (program, new Side(program, left), new Side(program, right));
    }

    /// <summary>The bounds on the errors of K and Θ at left sample i and right sample j.</summary>
    public (double K, double Theta) At(int i, int j)
    {
        IReadOnlyList<PairState> left = _left.Exact(i), right = _right.Exact(j);
        PairState exact = Pair(left, right, null, 0);
        double theta = _program.Steps.Count * StepError * Math.Sqrt(left[^1].Theta[0, 0] * right[^1].Theta[0, 0]), k = 0;
        foreach (Step step in _program.Steps)
        {
            Add(change => Pair(left, right, step, change));
            Add(change => Pair(_left.Changed(i, step, change), right, null, 0));
            Add(change => Pair(left, _right.Changed(j, step, change), null, 0));
        }

        return (k, theta);

        void Add(Func<double, PairState> changed)
        {
            PairState up = changed(StepError), down = changed(-StepError);
            k += Math.Max(Math.Abs(up.K[0, 0] - exact.K[0, 0]), Math.Abs(down.K[0, 0] - exact.K[0, 0]));
            theta += Math.Max(Math.Abs(up.Theta[0, 0] - exact.Theta[0, 0]), Math.Abs(down.Theta[0, 0] - exact.Theta[0, 0]));
        }

        PairState Pair(IReadOnlyList<PairState> x, IReadOnlyList<PairState> y, Step? at, double change) =>
            new PairRecursion(_program.Input, _left.Rows[i], _right.Rows[j], false, x, y).Run(_program, (step, registers) =>
            {
                if (step != at) return;
                (double[,] k, double[,] p, double[,] q) = (registers[step.Target].K, x[step.Target].K, y[step.Target].K);
                Change(k, (s, t) => change * Math.Sqrt(p[s, s] * q[t, t]));
            })[^1];
    }

    private static void Change(double[,] k, Func<int, int, double> by)
    {
        for (int s = 0; s < k.GetLength(0); s++)
        {
            for (int t = 0; t < k.GetLength(1); t++) k[s, t] += by(s, t);
        }
    }

    /// <summary>The registers of each sample with itself, as they are and with one step's result changed.</summary>
    private sealed class Side(KernelProgram program, Samples samples)
    {
        private readonly Dictionary<(int, Step?, double), IReadOnlyList<PairState>> _states = [];

        public double[][] Rows { get; } = [.. Enumerable.Range(0, (int)samples.Count).Select(i => samples.Rows.View.Row(i).ToArray())];

        public IReadOnlyList<PairState> Exact(int i) => Changed(i, null, 0);

        public IReadOnlyList<PairState> Changed(int i, Step? at, double change)
        {
            if (_states.TryGetValue((i, at, change), out IReadOnlyList<PairState>? known)) return known;
            IReadOnlyList<PairState> states = new PairRecursion(program.Input, Rows[i], Rows[i], true, null, null).Run(program, (step, registers) =>
            {
                if (step != at) return;
                double[,] k = registers[step.Target].K;
                double[] variances = [.. Enumerable.Range(0, k.GetLength(0)).Select(s => k[s, s])];
                Change(k, (s, t) => change * Math.Sqrt(variances[s] * variances[t]));
            });
            return _states[(i, at, change)] = states;
        }
    }
}
