namespace InfiniteNtk.Kernels.Duals;

/// <summary>The two values of a dual activation at one pair.</summary>
/// <param name="Kappa">κ = E φ(u)φ(v).</param>
/// <param name="KappaDot">κ̇ = E φ′(u)φ′(v).</param>
internal readonly record struct DualValue<TLane>(TLane Kappa, TLane KappaDot) where TLane : struct;
