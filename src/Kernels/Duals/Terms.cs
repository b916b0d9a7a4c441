namespace InfiniteNtk.Kernels.Duals;

/// <summary>Up to four numbers that a dual precomputes from one side's variance; unused ones cost nothing.</summary>
/// <param name="A">First term.</param>
/// <param name="B">Second term.</param>
/// <param name="C">Third term.</param>
/// <param name="D">Fourth term.</param>
internal readonly record struct Terms<TLane>(TLane A, TLane B = default, TLane C = default, TLane D = default)
    where TLane : struct;
