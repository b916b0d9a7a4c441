using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Formulas;

/// <summary>K and Θ of one entry.</summary>
internal readonly record struct EntryValue<TLane>(TLane K, TLane Theta) where TLane : struct;

/// <summary>What a step of one source does to one entry: a formula without loops, branch-free, generic over lanes.</summary>
internal interface IEntryFormula
{
    /// <summary>How many terms <see cref="Side"/> fills.</summary>
    static abstract int TermCount { get; }

    /// <summary>Whether a loop that computes what the formula takes still has room for it in the compiler's inlining budget.</summary>
    static virtual bool IsShort => false;

    /// <summary>What an entry needs of one side, from its variance.</summary>
    Terms<TLane> Side<TLane>(TLane q) where TLane : struct, ILane<TLane>;

    /// <summary>The entry after the step.</summary>
    EntryValue<TLane> Entry<TLane>(in Terms<TLane> left, in Terms<TLane> right, TLane k, TLane theta) where TLane : struct, ILane<TLane>;
}
