using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// What the steps precomputed for each sample of one side, in blocks of as many samples as a tile has: within a block step after
/// step, position after position, term after term, samples side by side.
/// </summary>
internal sealed unsafe class SelfTerms<T>(nint count, nint blockSize, nint termCount) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer _buffer = new(checked(Blocks(count, blockSize) * blockSize * termCount * sizeof(T)));

    /// <summary>Samples in a block; from one term of a sample to its next.</summary>
    public nint BlockSize => blockSize;

    public static double BytesFor(nint count, nint blockSize, nint termCount) =>
        (double)Blocks(count, blockSize) * blockSize * termCount * sizeof(T);

    /// <summary>A step's terms at one position of the block that starts at <paramref name="firstSample"/>.</summary>
    public T* At(nint firstSample, nint firstTerm, StepLoop<T> loop, int position) =>
        (T*)_buffer.Pointer + firstSample * termCount + (firstTerm + (nint)loop.TermCount * position) * blockSize;

    public void Dispose() => _buffer.Dispose();

    private static nint Blocks(nint count, nint blockSize) => (count + blockSize - 1) / blockSize;
}
