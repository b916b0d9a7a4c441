namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>An argument of a kernel. All take eight bytes: an address, a whole number or a double.</summary>
internal readonly record struct KernelArgument(long Bits)
{
    public static implicit operator KernelArgument(DeviceBuffer buffer) => new((long)buffer.Address);

    public static implicit operator KernelArgument(long value) => new(value);

    public static implicit operator KernelArgument(ulong value) => new((long)value);

    public static implicit operator KernelArgument(double value) => new(BitConverter.DoubleToInt64Bits(value));
}
