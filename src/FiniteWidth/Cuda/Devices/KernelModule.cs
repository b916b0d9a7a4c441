using System.Numerics;

namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>A compiled source on the device, whose kernels can be launched.</summary>
internal sealed unsafe class KernelModule : IDisposable
{
    /// <summary>Threads of a block; a row that is shorter gets fewer, but never less than run together anyway.</summary>
    private const int MostThreads = 256, FewestThreads = 32;

    /// <summary>Enough blocks to fill any device; kernels stride over what is left.</summary>
    private const long MostBlocks = 65535;

    private readonly DeviceContext _context;
    private readonly Dictionary<string, nint> _functions = [];
    private readonly nint _module;

    public KernelModule(DeviceContext context, byte[] image)
    {
        _context = context;
        nint module;
        fixed (byte* first = image) context.Check(context.Driver.ModuleLoadData(&module, first), "Cannot load code onto the device");
        _module = module;
    }

    /// <summary>Runs a kernel whose threads share out so many items.</summary>
    public void ForEach(long items, string function, params ReadOnlySpan<KernelArgument> arguments) =>
        Launch((items + MostThreads - 1) / MostThreads, MostThreads, function, arguments);

    /// <summary>Runs a kernel whose blocks share out so many rows, and each block's threads the numbers of a row.</summary>
    public void ForEachRow(long rows, int length, string function, params ReadOnlySpan<KernelArgument> arguments) =>
        Launch(rows, Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)length), FewestThreads, MostThreads), function, arguments);

    public void Dispose() => _ = _context.Driver.ModuleUnload(_module);

    private void Launch(long blocks, int threads, string function, ReadOnlySpan<KernelArgument> arguments)
    {
        if (blocks == 0) return;
        void** pointers = stackalloc void*[arguments.Length];
        fixed (KernelArgument* first = arguments)
        {
            for (int i = 0; i < arguments.Length; i++) pointers[i] = first + i;
            _context.Check(
                _context.Driver.LaunchKernel(Function(function), (uint)Math.Min(blocks, MostBlocks), 1, 1, (uint)threads, 1, 1, 0, 0, pointers, null),
                $"Cannot run '{function}' on the device");
        }
    }

    private nint Function(string name)
    {
        if (_functions.TryGetValue(name, out nint known)) return known;
        nint function;
        fixed (byte* text = Native.CudaDriver.Text(name))
        {
            _context.Check(_context.Driver.ModuleGetFunction(&function, _module, text), $"Cannot find '{name}' on the device");
        }

        return _functions[name] = function;
    }
}
