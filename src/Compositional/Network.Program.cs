using InfiniteNtk.Compositional.Compilation;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk;

public abstract partial record Network
{
    /// <summary>The kernel recursion for samples of one shape, as a flat program: what the executors run.</summary>
    /// <exception cref="UndefinedLimitException">The infinite-width limit is not known; the message names the path to the layer.</exception>
    /// <exception cref="ShapeMismatchException">Branches of different shapes are joined.</exception>
    public KernelProgram Program(SampleShape input) => KernelCompiler.Compile(SignalFlow.Of(this, input));
}
