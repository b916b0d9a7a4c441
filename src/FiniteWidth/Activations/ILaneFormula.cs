using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Activations;

/// <summary>A function of one or two numbers, written once for all lanes.</summary>
internal interface ILaneFormula
{
    /// <summary>Its value; functions of one number ignore <paramref name="b"/>.</summary>
    static abstract TLane Of<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane>;
}
