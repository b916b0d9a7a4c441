using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// One step of a <see cref="KernelProgram"/>: reads earlier registers, writes one new register. A register holds the
/// moved-together quantities of one intermediate signal: K (NNGP), Θ (NTK) and the self-covariances of both sides.
/// </summary>
/// <param name="Target">The register written; steps write registers 0, 1, 2, … in order.</param>
internal abstract record Step(int Target)
{
    /// <summary>The registers read.</summary>
    public abstract ValueList<int> Sources { get; }

    /// <summary>Calls the method of <paramref name="reader"/> for this step.</summary>
    internal abstract TResult Accept<TResult>(IStepReader<TResult> reader);
}

/// <summary>One method per step, so that a new step breaks every reading at compile time.</summary>
internal interface IStepReader<out TResult>
{
    /// <summary>Reads an input product.</summary>
    TResult Read(InputProduct step);

    /// <summary>Reads an affine step.</summary>
    TResult Read(Affine step);

    /// <summary>Reads a dual step.</summary>
    TResult Read(Dual step);

    /// <summary>Reads a combination.</summary>
    TResult Read(Combine step);

    /// <summary>Reads a product.</summary>
    TResult Read(Multiply step);

    /// <summary>Reads a normalisation.</summary>
    TResult Read(Normalize step);

    /// <summary>Reads a dropout.</summary>
    TResult Read(Drop step);

    /// <summary>Reads a mean over positions.</summary>
    TResult Read(FlattenPositions step);

    /// <summary>Reads a sum over a filter's taps.</summary>
    TResult Read(TapSum step);

    /// <summary>Reads a linear map of positions.</summary>
    TResult Read(MixPositions step);

    /// <summary>Reads a concatenation of positions.</summary>
    TResult Read(ConcatPositions step);
}

/// <summary>
/// K[s,s'] = ⟨x[s], x'[s']⟩ / C, Θ = 0. With <paramref name="Flattened"/> the positions count as channels: K = ⟨x, x'⟩/(S·C).
/// </summary>
internal sealed record InputProduct(int Target, bool Flattened) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>
/// A dense layer at every position: K' = weightVariance·K + biasVariance; Θ' = weightVariance·Θ + ntkScale·K + ntkShift.
/// NTK parameterization has ntkScale = weightVariance, ntkShift = biasVariance; standard has ntkScale = fan-in,
/// ntkShift = 1 with a bias, else 0.
/// </summary>
internal sealed record Affine(
    int Target, int Source, double WeightVariance, double BiasVariance, double NtkScale, double NtkShift) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>An elementwise activation: K' = κ(p, q, K), Θ' = Θ·κ̇(p, q, K).</summary>
internal sealed record Dual(int Target, int Source, Activation Activation) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>K' = Σ wᵢ Kᵢ, Θ' = Σ wᵢ Θᵢ: a sum of branches (weights 1) or a concatenation of channels (weights = channel shares).</summary>
internal sealed record Combine(int Target, ValueList<int> From, ValueList<double> Weights) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => From;

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>K' = Π Kᵢ, Θ' = Σᵢ Θᵢ Π_{j≠i} Kⱼ.</summary>
internal sealed record Multiply(int Target, ValueList<int> From) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => From;

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>
/// Layer normalisation over channels: K' = K/√(m m'), Θ' = Θ/√(m m'), m = own variance + epsilon. With <see cref="MeanAxes"/> the
/// variance is first averaged over those axes of positions.
/// </summary>
internal sealed record Normalize(int Target, int Source, double Epsilon) : Step(Target)
{
    /// <summary>Axes of positions that the variance is averaged over, ascending; none: each position is normalised by itself.</summary>
    public ValueList<int> MeanAxes { get; init; } = [];

    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>
/// Dropout: K and Θ times 1/keep at the same sample of a symmetric call and the same position; the self-covariances always
/// carry the factor, a cross block never does.
/// </summary>
internal sealed record Drop(int Target, int Source, double KeepProbability) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>Flatten: K' = (1/S) Σ_s K[s,s], Θ' likewise; the result has no positions.</summary>
internal sealed record FlattenPositions(int Target, int Source) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>
/// A convolution: with A[M](p, p') = (1/|k|) Σ_j M(r(p, j), r(p', j)) over all taps j (taps outside contribute 0, |k| is always the whole
/// filter), K' = weightVariance·A[K] + biasVariance, Θ' = weightVariance·A[Θ] + ntkScale·A[K] + ntkShift. The bias is shared by all
/// positions, so it is added to every pair (p, p'). One window an axis; transposed windows give the transposed convolution.
/// Locally connected (<paramref name="Local"/>): weights and biases of each position are its own, so K' and Θ' are 0 where p ≠ p'.
/// </summary>
internal sealed record TapSum(
    int Target, int Source, ValueList<AxisWindow> Axes,
    double WeightVariance, double BiasVariance, double NtkScale, double NtkShift, bool Local = false) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>K' = L K Lᵀ, Θ' = L Θ Lᵀ with L the Kronecker product of one map an axis: pooling, resizing, slices.</summary>
internal sealed record MixPositions(int Target, int Source, ValueList<AxisMap> Axes) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => [Source];

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}

/// <summary>
/// Branches side by side along an axis of positions: K' is block-diagonal along it, 0 between positions of different branches.
/// The other axes agree.
/// </summary>
internal sealed record ConcatPositions(int Target, ValueList<int> From, int Axis) : Step(Target)
{
    /// <inheritdoc/>
    public override ValueList<int> Sources => From;

    /// <inheritdoc/>
    internal override TResult Accept<TResult>(IStepReader<TResult> reader) => reader.Read(this);
}
