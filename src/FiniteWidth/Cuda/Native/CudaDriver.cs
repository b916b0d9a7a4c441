using System.Runtime.InteropServices;
using System.Text;

namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>
/// The entry points of the CUDA driver that are used here, by their own names. They return codes; <see cref="DriverCalls"/> turns
/// those into exceptions.
/// </summary>
/// <remarks>NVIDIA, "CUDA Driver API"; names end in _v2 where the header maps the plain name to that.</remarks>
internal sealed unsafe class CudaDriver(nint library)
{
    public readonly delegate* unmanaged[Cdecl]<uint, int> Init = (delegate* unmanaged[Cdecl]<uint, int>)Symbol(library, "cuInit");

    public readonly delegate* unmanaged[Cdecl]<int*, int> DriverGetVersion =
        (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "cuDriverGetVersion");

    public readonly delegate* unmanaged[Cdecl]<int*, int> DeviceGetCount =
        (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "cuDeviceGetCount");

    public readonly delegate* unmanaged[Cdecl]<int*, int, int> DeviceGet = (delegate* unmanaged[Cdecl]<int*, int, int>)Symbol(library, "cuDeviceGet");

    public readonly delegate* unmanaged[Cdecl]<byte*, int, int, int> DeviceGetName =
        (delegate* unmanaged[Cdecl]<byte*, int, int, int>)Symbol(library, "cuDeviceGetName");

    public readonly delegate* unmanaged[Cdecl]<nuint*, int, int> DeviceTotalMem =
        (delegate* unmanaged[Cdecl]<nuint*, int, int>)Symbol(library, "cuDeviceTotalMem_v2");

    public readonly delegate* unmanaged[Cdecl]<int*, int, int, int> DeviceGetAttribute =
        (delegate* unmanaged[Cdecl]<int*, int, int, int>)Symbol(library, "cuDeviceGetAttribute");

    public readonly delegate* unmanaged[Cdecl]<nint*, int, int> PrimaryCtxRetain =
        (delegate* unmanaged[Cdecl]<nint*, int, int>)Symbol(library, "cuDevicePrimaryCtxRetain");

    public readonly delegate* unmanaged[Cdecl]<int, int> PrimaryCtxRelease =
        (delegate* unmanaged[Cdecl]<int, int>)Symbol(library, "cuDevicePrimaryCtxRelease_v2");

    public readonly delegate* unmanaged[Cdecl]<nint, int> CtxSetCurrent = (delegate* unmanaged[Cdecl]<nint, int>)Symbol(library, "cuCtxSetCurrent");

    public readonly delegate* unmanaged[Cdecl]<int> CtxSynchronize = (delegate* unmanaged[Cdecl]<int>)Symbol(library, "cuCtxSynchronize");

    public readonly delegate* unmanaged[Cdecl]<nuint*, nuint*, int> MemGetInfo =
        (delegate* unmanaged[Cdecl]<nuint*, nuint*, int>)Symbol(library, "cuMemGetInfo_v2");

    public readonly delegate* unmanaged[Cdecl]<ulong*, nuint, int> MemAlloc = (delegate* unmanaged[Cdecl]<ulong*, nuint, int>)Symbol(library, "cuMemAlloc_v2");

    public readonly delegate* unmanaged[Cdecl]<ulong, int> MemFree = (delegate* unmanaged[Cdecl]<ulong, int>)Symbol(library, "cuMemFree_v2");

    public readonly delegate* unmanaged[Cdecl]<ulong, void*, nuint, int> MemcpyHtoD =
        (delegate* unmanaged[Cdecl]<ulong, void*, nuint, int>)Symbol(library, "cuMemcpyHtoD_v2");

    public readonly delegate* unmanaged[Cdecl]<void*, ulong, nuint, int> MemcpyDtoH =
        (delegate* unmanaged[Cdecl]<void*, ulong, nuint, int>)Symbol(library, "cuMemcpyDtoH_v2");

    public readonly delegate* unmanaged[Cdecl]<ulong, ulong, nuint, int> MemcpyDtoD =
        (delegate* unmanaged[Cdecl]<ulong, ulong, nuint, int>)Symbol(library, "cuMemcpyDtoD_v2");

    public readonly delegate* unmanaged[Cdecl]<ulong, byte, nuint, int> MemsetD8 =
        (delegate* unmanaged[Cdecl]<ulong, byte, nuint, int>)Symbol(library, "cuMemsetD8_v2");

    public readonly delegate* unmanaged[Cdecl]<nint*, void*, int> ModuleLoadData =
        (delegate* unmanaged[Cdecl]<nint*, void*, int>)Symbol(library, "cuModuleLoadData");

    public readonly delegate* unmanaged[Cdecl]<nint, int> ModuleUnload = (delegate* unmanaged[Cdecl]<nint, int>)Symbol(library, "cuModuleUnload");

    public readonly delegate* unmanaged[Cdecl]<nint*, nint, byte*, int> ModuleGetFunction =
        (delegate* unmanaged[Cdecl]<nint*, nint, byte*, int>)Symbol(library, "cuModuleGetFunction");

    public readonly delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> LaunchKernel =
        (delegate* unmanaged[Cdecl]<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Symbol(library, "cuLaunchKernel");

    private readonly delegate* unmanaged[Cdecl]<int, byte**, int> _getErrorName =
        (delegate* unmanaged[Cdecl]<int, byte**, int>)Symbol(library, "cuGetErrorName");

    /// <summary>The name of an error code.</summary>
    public string NameOf(int code)
    {
        byte* name = null;
        return _getErrorName(code, &name) == 0 && name is not null ? Marshal.PtrToStringUTF8((nint)name)! : $"error {code}";
    }

    /// <summary>A function's name as the driver wants it.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static nint Symbol(nint library, string name) => NativeLibrary.GetExport(library, name);
}
