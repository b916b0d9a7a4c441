using System.Numerics;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// One worker's registers: each slot holds the K and the Θ of a strip, [left sample][right sample], small enough that a step's
/// operands stay in the cache.
/// </summary>
internal sealed unsafe class RegisterFile<T>(int slots, nint rows, nint columns) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer _buffer = new(BytesFor(slots, rows, columns));

    /// <summary>From one left sample to the next.</summary>
    public nint Stride => columns;

    public static nint BytesFor(int slots, nint rows, nint columns) => checked(2 * slots * rows * columns * sizeof(T));

    public T* K(int slot) => (T*)_buffer.Pointer + 2 * slot * rows * columns;

    public T* Theta(int slot) => K(slot) + rows * columns;

    public void Dispose() => _buffer.Dispose();
}
