using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Execution.Reference;

/// <summary>The state of one register for one pair of samples: K[s, s'] and Θ[s, s'].</summary>
internal sealed record PairState(double[,] K, double[,] Theta)
{
    public int Positions => K.GetLength(0);

    public static PairState Of(int positions, Func<int, int, double> k, Func<int, int, double> theta)
    {
        var state = new PairState(new double[positions, positions], new double[positions, positions]);
        for (int s = 0; s < positions; s++)
        {
            for (int t = 0; t < positions; t++) (state.K[s, t], state.Theta[s, t]) = (k(s, t), theta(s, t));
        }

        return state;
    }
}

/// <summary>
/// The recursion for one pair of samples (x, y), as the steps are written: each covariance K[s, s'] between position s of x and
/// position s' of y, with nothing left out and nothing shared.
/// </summary>
/// <param name="shape">The samples' shape.</param>
/// <param name="x">The left sample.</param>
/// <param name="y">The right sample.</param>
/// <param name="sameSample">Whether both are the same sample of a symmetric call: where dropout's factor applies.</param>
/// <param name="left">The registers of (x, x); null while they are being computed, which makes them these registers.</param>
/// <param name="right">The registers of (y, y), likewise.</param>
internal sealed class PairRecursion(
    SampleShape shape, double[] x, double[] y, bool sameSample, IReadOnlyList<PairState>? left, IReadOnlyList<PairState>? right)
    : IStepReader<PairState>
{
    private readonly List<PairState> _registers = [];
    private IReadOnlyList<ValueList<int>> _shapes = [];

    /// <summary>The registers after all steps; <paramref name="written"/> sees each as it is written.</summary>
    public IReadOnlyList<PairState> Run(KernelProgram program, Action<Step, IReadOnlyList<PairState>>? written = null)
    {
        _shapes = ProgramShapes.Of(program);
        foreach (Step step in program.Steps)
        {
            _registers.Add(step.Accept(this));
            written?.Invoke(step, _registers);
        }

        return _registers;
    }

    public PairState Read(InputProduct step)
    {
        int positions = step.Flattened ? 1 : shape.PositionCount;
        int length = shape.Size / positions;
        return PairState.Of(positions, (s, t) => Product(s * length, t * length, length) / length, (_, _) => 0);
    }

    public PairState Read(Affine step)
    {
        PairState z = _registers[step.Source];
        return PairState.Of(
            z.Positions,
            (s, t) => step.WeightVariance * z.K[s, t] + step.BiasVariance,
            (s, t) => step.WeightVariance * z.Theta[s, t] + step.NtkScale * z.K[s, t] + step.NtkShift);
    }

    public PairState Read(Dual step)
    {
        PairState z = _registers[step.Source];
        PairState p = left?[step.Source] ?? z, q = right?[step.Source] ?? z;
        var values = new DualValue<double>[z.Positions, z.Positions];
        for (int s = 0; s < z.Positions; s++)
        {
            for (int t = 0; t < z.Positions; t++)
            {
                values[s, t] = step.Activation.Open(new DualAt(p.K[s, s], q.K[t, t], z.K[s, t]));
            }
        }

        return PairState.Of(z.Positions, (s, t) => values[s, t].Kappa, (s, t) => z.Theta[s, t] * values[s, t].KappaDot);
    }

    public PairState Read(Combine step)
    {
        PairState[] z = [.. step.From.Select(from => _registers[from])];
        return PairState.Of(
            z[0].Positions,
            (s, t) => z.Select((zi, i) => step.Weights[i] * zi.K[s, t]).Sum(),
            (s, t) => z.Select((zi, i) => step.Weights[i] * zi.Theta[s, t]).Sum());
    }

    public PairState Read(Multiply step)
    {
        PairState[] z = [.. step.From.Select(from => _registers[from])];
        return PairState.Of(
            z[0].Positions,
            (s, t) => z.Aggregate(1.0, (product, zi) => product * zi.K[s, t]),
            (s, t) => z.Select((zi, i) => zi.Theta[s, t] * ProductWithout(i, s, t)).Sum());

        double ProductWithout(int skipped, int s, int t) =>
            z.Where((_, j) => j != skipped).Aggregate(1.0, (product, zj) => product * zj.K[s, t]);
    }

    public PairState Read(Normalize step)
    {
        PairState z = _registers[step.Source];
        double[] m = Variances(left?[step.Source] ?? z, step), m2 = Variances(right?[step.Source] ?? z, step);
        return PairState.Of(z.Positions, (s, t) => z.K[s, t] / Norm(s, t), (s, t) => z.Theta[s, t] / Norm(s, t));

        double Norm(int s, int t) => Math.Sqrt(m[s] + step.Epsilon) * Math.Sqrt(m2[t] + step.Epsilon);
    }

    public PairState Read(Drop step)
    {
        PairState z = _registers[step.Source];
        return PairState.Of(z.Positions, (s, t) => z.K[s, t] * Factor(s, t), (s, t) => z.Theta[s, t] * Factor(s, t));

        double Factor(int s, int t) => sameSample && s == t ? 1 / step.KeepProbability : 1;
    }

    public PairState Read(FlattenPositions step)
    {
        PairState z = _registers[step.Source];
        return PairState.Of(1, (_, _) => Trace(z.K) / z.Positions, (_, _) => Trace(z.Theta) / z.Positions);
    }

    public PairState Read(TapSum step)
    {
        PairState z = _registers[step.Source];
        int[][] taps = PositionMaps.Taps(step.Axes);
        int positions = taps.Length, filter = taps[0].Length;
        return PairState.Of(
            positions,
            (p, q) => Weights(p, q, step.WeightVariance * Mean(z.K, p, q) + step.BiasVariance),
            (p, q) => Weights(p, q, step.WeightVariance * Mean(z.Theta, p, q) + step.NtkScale * Mean(z.K, p, q) + step.NtkShift));

        double Weights(int p, int q, double shared) => step.Local && p != q ? 0 : shared;

        double Mean(double[,] of, int p, int q)
        {
            double sum = 0;
            for (int j = 0; j < filter; j++)
            {
                if (taps[p][j] >= 0 && taps[q][j] >= 0) sum += of[taps[p][j], taps[q][j]];
            }

            return sum / filter;
        }
    }

    public PairState Read(MixPositions step)
    {
        PairState z = _registers[step.Source];
        AxisWeight[][] weights = PositionMaps.Weights(step.Axes);
        return PairState.Of(weights.Length, (p, q) => Mixed(z.K, weights[p], weights[q]), (p, q) => Mixed(z.Theta, weights[p], weights[q]));

        static double Mixed(double[,] of, AxisWeight[] left, AxisWeight[] right)
        {
            double sum = 0;
            foreach (AxisWeight a in left)
            {
                foreach (AxisWeight b in right) sum += a.Weight * b.Weight * of[a.Source, b.Source];
            }

            return sum;
        }
    }

    public PairState Read(ConcatPositions step)
    {
        (int Branch, int Position)[] origin = PositionMaps.Origins([.. step.From.Select(from => _shapes[from])], step.Axis);
        return PairState.Of(origin.Length, (p, q) => Block(z => z.K, p, q), (p, q) => Block(z => z.Theta, p, q));

        double Block(Func<PairState, double[,]> of, int p, int q) => origin[p].Branch == origin[q].Branch
            ? of(_registers[step.From[origin[p].Branch]])[origin[p].Position, origin[q].Position]
            : 0;
    }

    /// <summary>The variance of each position, averaged over a normalisation's axes.</summary>
    private double[] Variances(PairState self, Normalize step)
    {
        int[] group = PositionMaps.Groups(_shapes[step.Source], step.MeanAxes);
        ILookup<int, int> members = Enumerable.Range(0, group.Length).ToLookup(s => group[s]);
        return [.. group.Select(own => members[own].Average(s => self.K[s, s]))];
    }

    private double Product(int fromX, int fromY, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++) sum += x[fromX + i] * y[fromY + i];
        return sum;
    }

    private static double Trace(double[,] covariance)
    {
        double sum = 0;
        for (int s = 0; s < covariance.GetLength(0); s++) sum += covariance[s, s];
        return sum;
    }

    /// <summary>An activation's dual at variances p, q and covariance k, one number at a time.</summary>
    private sealed class DualAt(double p, double q, double k) : IDualUser<DualValue<double>>
    {
        public DualValue<double> Use<TDual>(TDual dual) where TDual : struct, IDual
        {
            Terms<DoubleLane> left = dual.Side(new DoubleLane(p)), right = dual.Side(new DoubleLane(q));
            DualValue<DoubleLane> value = dual.Pair(in left, in right, new DoubleLane(k));
            return new DualValue<double>(value.Kappa.Value, value.KappaDot.Value);
        }

        public DualValue<double> Use(SeriesDual series)
        {
            double[] a = new double[series.Count], b = new double[series.Count];
            double[] aDot = new double[series.Count], bDot = new double[series.Count];
            bool reached = double.IsFinite(series.Coefficients(p, a, aDot)) & double.IsFinite(series.Coefficients(q, b, bDot));
            if (!reached) return Use(series.Beyond!);
            double rho = p * q > 0 ? Math.Clamp(k / Math.Sqrt(p * q), -1, 1) : 0;
            double kappa = 0, kappaDot = 0;
            for (int i = series.Count - 1; i >= 0; i--)
            {
                kappa = kappa * rho + a[i] * b[i];
                kappaDot = kappaDot * rho + aDot[i] * bDot[i];
            }

            return new DualValue<double>(kappa, kappaDot);
        }

        public DualValue<double> Use(QuadratureDual quadrature) =>
            quadrature.Ordered(p, q, k);
    }
}
