using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// The degree n of a program's K and Θ: with a positive factor c on one sample they become cⁿ times as large, whatever the samples are.
/// Rectifiers without biases have degree 1; a layer normalisation without epsilon has 0, and so has all that reads it.
/// </summary>
internal sealed class Homogeneity : IStepReader<int?>
{
    private readonly List<int?> _degrees = [];

    private Homogeneity()
    {
    }

    /// <summary>The degree of the last register; null where there is none.</summary>
    public static int? Of(KernelProgram program)
    {
        var reader = new Homogeneity();
        foreach (Step step in program.Steps) reader._degrees.Add(step.Accept(reader));
        return reader._degrees[^1];
    }

    public int? Read(InputProduct step) => 1;

    public int? Read(Affine step) => Linear(step.Source, step.BiasVariance, step.NtkShift);

    public int? Read(Dual step) => _degrees[step.Source] is not { } degree
        ? null
        : step.Activation switch
        {
            _ when degree == 0 => 0,
            Relu or LeakyRelu or AbRelu or Abs or ExpNormalized => degree,
            Monomial monomial => degree * monomial.Degree,
            RectifiedMonomial monomial => degree * monomial.Degree,
            Sign => 0,
            _ => null,
        };

    public int? Read(Combine step) => Same(step.From);

    public int? Read(Multiply step) => step.From.Aggregate((int?)0, (sum, from) => sum + _degrees[from]);

    public int? Read(Normalize step) => step.Epsilon == 0 && _degrees[step.Source] is not null || _degrees[step.Source] == 0 ? 0 : null;

    // Between two samples nothing is dropped, with itself a sample is: they differ even where the samples are alike.
    public int? Read(Drop step) => step.KeepProbability == 1 ? _degrees[step.Source] : null;

    public int? Read(FlattenPositions step) => _degrees[step.Source];

    public int? Read(TapSum step) => Linear(step.Source, step.BiasVariance, step.NtkShift);

    public int? Read(MixPositions step) => _degrees[step.Source];

    public int? Read(ConcatPositions step) => Same(step.From);

    private int? Linear(int source, double bias, double shift) => (bias == 0 && shift == 0) || _degrees[source] == 0 ? _degrees[source] : null;

    private int? Same(ValueList<int> from) => from.All(source => _degrees[source] == _degrees[from[0]]) ? _degrees[from[0]] : null;
}
