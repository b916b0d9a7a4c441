using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// The dual of an activation φ in closed form: for (u, v) ~ N(0, [[p, k], [k, q]]),
/// κ = E φ(u)φ(v) and κ̇ = E φ′(u)φ′(v) = ∂κ/∂k.
/// </summary>
/// <remarks>
/// <para>
/// A dual is a <c>readonly struct</c> with two formulas and no loop over data. <see cref="Side"/> is evaluated once per sample
/// and layer (square roots, exponentials of one variance), <see cref="Pair"/> once per entry of the kernel. Both carry
/// <c>AggressiveInlining</c>, and no branches: any lane can run them.
/// </para>
/// <para>
/// A variance is its own pair: the executor computes E φ(u)² as <c>Pair(Side(q), Side(q), q)</c> with the same instructions and
/// precision as every other entry. A formula that is singular at ρ = ±1 snaps 1−|ρ| below 8 ulp to 0, so that equal inputs
/// give the exact limit.
/// </para>
/// </remarks>
internal interface IDual
{
    /// <summary>How many of the four <see cref="Terms{TLane}"/> this dual uses.</summary>
    static abstract int TermCount { get; }

    /// <summary>
    /// Whether <see cref="Pair"/> is so long that the just-in-time compiler stops inlining it when it is written out for three
    /// vectors in turn; loops then take one at a time. Costs time only, never a result.
    /// </summary>
    static virtual bool IsLong => false;

    /// <summary>
    /// Whether <see cref="Pair"/> is so short that it gains by being computed in the loop of the step before it, one vector at a time. Costs
    /// time only, never a result.
    /// </summary>
    static virtual bool IsShort => false;

    /// <summary>What <see cref="Pair"/> needs of one side, from its variance q ≥ 0.</summary>
    Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane>;

    /// <summary>κ and κ̇ of one pair with covariance <paramref name="k"/>.</summary>
    DualValue<TLane> Pair<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k) where TLane : struct, ILane<TLane>;
}
