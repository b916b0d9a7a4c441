using InfiniteNtk.Kernels.Execution.Reference;
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
/// Over positions all entries of a register are changed at once, in two ways: all upwards (downwards), and all away from zero
/// (towards it), which is how they move together through a sum of the signed, and of the even, functions of them.
/// </para>
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

    private static readonly Change[] _atOnePosition = [new(StepError, false), new(-StepError, false)];
    private static readonly Change[] _atPositions = [.. _atOnePosition, new(StepError, true), new(-StepError, true)];

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
        IReadOnlyList<PairState> exact = Pair(left, right, null, default);
        double theta = _program.Steps.Count * StepError * Math.Sqrt(left[^1].Theta[0, 0] * right[^1].Theta[0, 0]), k = 0;
        foreach (Step step in _program.Steps)
        {
            Change[] changes = exact[step.Target].Positions == 1 ? _atOnePosition : _atPositions;
            Add(changes, change => Pair(left, right, step, change)[^1]);
            Add(changes, change => Pair(_left.Changed(i, step, change), right, null, default)[^1]);
            Add(changes, change => Pair(left, _right.Changed(j, step, change), null, default)[^1]);
        }

        return (k, theta);

        void Add(Change[] changes, Func<Change, PairState> changed)
        {
            PairState[] moved = [.. changes.Select(changed)];
            k += moved.Max(state => Math.Abs(state.K[0, 0] - exact[^1].K[0, 0]));
            theta += moved.Max(state => Math.Abs(state.Theta[0, 0] - exact[^1].Theta[0, 0]));
        }

        IReadOnlyList<PairState> Pair(IReadOnlyList<PairState> x, IReadOnlyList<PairState> y, Step? at, Change change) =>
            new PairRecursion(_program.Input, _left.Rows[i], _right.Rows[j], false, x, y).Run(_program, (step, registers) =>
            {
                if (step == at) change.Apply(registers[step.Target].K, x[step.Target].K, y[step.Target].K);
            });
    }

    /// <summary>A change of every K[s, t] by so much of √(p_s q_t): of all in one direction, or of each away from zero.</summary>
    private readonly record struct Change(double Error, bool Signed)
    {
        public void Apply(double[,] k, double[,] p, double[,] q)
        {
            double[] left = Deviations(p), right = Deviations(q);
            for (int s = 0; s < left.Length; s++)
            {
                for (int t = 0; t < right.Length; t++) k[s, t] += (Signed && k[s, t] < 0 ? -Error : Error) * left[s] * right[t];
            }
        }

        private static double[] Deviations(double[,] variances) =>
            [.. Enumerable.Range(0, variances.GetLength(0)).Select(s => Math.Sqrt(variances[s, s]))];
    }

    /// <summary>The registers of each sample with itself, as they are and with one step's result changed.</summary>
    private sealed class Side(KernelProgram program, Samples samples)
    {
        private readonly Dictionary<(int, Step?, Change), IReadOnlyList<PairState>> _states = [];

        public double[][] Rows { get; } = [.. Enumerable.Range(0, (int)samples.Count).Select(i => samples.Rows.View.Row(i).ToArray())];

        public IReadOnlyList<PairState> Exact(int i) => Changed(i, null, default);

        public IReadOnlyList<PairState> Changed(int i, Step? at, Change change)
        {
            if (_states.TryGetValue((i, at, change), out IReadOnlyList<PairState>? known)) return known;
            IReadOnlyList<PairState> states = new PairRecursion(program.Input, Rows[i], Rows[i], true, null, null).Run(program, (step, registers) =>
            {
                double[,] k = registers[step.Target].K;
                if (step == at) change.Apply(k, k, k);
            });
            return _states[(i, at, change)] = states;
        }
    }
}
