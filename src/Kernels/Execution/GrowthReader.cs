using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Execution;

/// <summary>
/// A variance on its way through a program, and beside it how far below the variance the covariance of two nearly equal samples may lie: at
/// each step what came through it, or the variance itself where that is more, as if an error of 100 % began there.
/// </summary>
internal sealed class GrowthReader : IStepReader<(double Variance, double Gap, int Depth)>
{
    private readonly double _input;
    private readonly List<(double Variance, double Gap, int Depth)> _registers = [];

    private GrowthReader(double input) => _input = input;

    /// <summary>The growth; null where the variance leaves an activation's domain or the range of numbers.</summary>
    public static RoundingGrowth? Read(KernelProgram program, double variance)
    {
        var reader = new GrowthReader(variance);
        foreach (Step step in program.Steps)
        {
            if (step is Dual dual && dual.Activation.DomainProblem(reader._registers[dual.Source].Variance) is not null) return null;
            try
            {
                (double Variance, double Gap, int Depth) after = step.Accept(reader);
                reader._registers.Add(after with { Gap = Math.Max(after.Gap, after.Variance) });
            }
            catch (NumericalFailureException)
            {
                return null;
            }

            if (!double.IsFinite(reader._registers[^1].Variance)) return null;
        }

        (double Variance, double Gap, int Depth) output = reader._registers[^1];
        return output.Variance > 0 ? new RoundingGrowth { Factor = output.Gap / output.Variance, Depth = output.Depth } : null;
    }

    public (double Variance, double Gap, int Depth) Read(InputProduct step) => (_input, _input, 0);

    public (double Variance, double Gap, int Depth) Read(Affine step) => Linear(step.Source, step.WeightVariance, step.BiasVariance);

    public (double Variance, double Gap, int Depth) Read(Dual step)
    {
        (double variance, double gap, int depth) = _registers[step.Source];
        (double kappa, double slope) = step.Activation.Open(new SlopeAt(variance));
        return (kappa, slope * gap, depth + 1);
    }

    public (double Variance, double Gap, int Depth) Read(Combine step) => (
        step.From.Select((from, i) => step.Weights[i] * _registers[from].Variance).Sum(),
        step.From.Select((from, i) => step.Weights[i] * _registers[from].Gap).Sum(),
        step.From.Max(from => _registers[from].Depth));

    public (double Variance, double Gap, int Depth) Read(Multiply step)
    {
        double product = step.From.Aggregate(1.0, (value, from) => value * _registers[from].Variance);
        double gap = step.From.Sum(from => _registers[from] is { Variance: > 0 } own ? product / own.Variance * own.Gap : 0);
        return (product, gap, step.From.Max(from => _registers[from].Depth));
    }

    public (double Variance, double Gap, int Depth) Read(Normalize step) => Linear(step.Source, 1 / (_registers[step.Source].Variance + step.Epsilon), 0);

    public (double Variance, double Gap, int Depth) Read(Drop step) => _registers[step.Source];

    public (double Variance, double Gap, int Depth) Read(FlattenPositions step) => _registers[step.Source];

    public (double Variance, double Gap, int Depth) Read(TapSum step) => Linear(step.Source, step.WeightVariance, step.BiasVariance);

    public (double Variance, double Gap, int Depth) Read(MixPositions step)
    {
        double sum = PositionMaps.Weights(step.Axes)[0].Sum(weight => weight.Weight);
        return Linear(step.Source, sum * sum, 0);
    }

    public (double Variance, double Gap, int Depth) Read(ConcatPositions step) =>
        step.From.Select(from => _registers[from]).MaxBy(own => own.Variance > 0 ? own.Gap / own.Variance : 0);

    private (double Variance, double Gap, int Depth) Linear(int source, double weight, double bias)
    {
        (double variance, double gap, int depth) = _registers[source];
        return (weight * variance + bias, weight * gap, depth);
    }

    /// <summary>κ(q, q, q) and κ̇ there; where a closed form has κ̇ = 0, by convention at a jump, the secant.</summary>
    private sealed class SlopeAt(double q) : IDualUser<(double Kappa, double Slope)>
    {
        private const double Gap = 1.4901161193847656e-8;

        public (double Kappa, double Slope) Use<TDual>(TDual dual) where TDual : struct, IDual
        {
            Terms<DoubleLane> side = dual.Side(new DoubleLane(q));
            DualValue<DoubleLane> equal = dual.Pair(in side, in side, new DoubleLane(q)), apart = dual.Pair(in side, in side, new DoubleLane(q * (1 - Gap)));
            double secant = q > 0 ? (equal.Kappa.Value - apart.Kappa.Value) / (q * Gap) : 0;
            return (equal.Kappa.Value, equal.KappaDot.Value == 0 ? secant : equal.KappaDot.Value);
        }

        public (double Kappa, double Slope) Use(SeriesDual series)
        {
            double[] value = new double[series.Count], slope = new double[series.Count];
            series.Coefficients(q, value, slope);
            return (value.Sum(a => a * a), slope.Sum(a => a * a));
        }

        public (double Kappa, double Slope) Use(QuadratureDual quadrature)
        {
            DualValue<double> value = quadrature.Pair(q, q, q);
            return (value.Kappa, value.KappaDot);
        }
    }
}
