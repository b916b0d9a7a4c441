using System.Runtime.InteropServices;

namespace InfiniteNtk.FiniteWidth.Cuda.Native;

/// <summary>The matrix products of cuBLAS, by their own names (column-major).</summary>
internal sealed unsafe class Cublas(nint library)
{
    public readonly delegate* unmanaged[Cdecl]<nint*, int> Create = (delegate* unmanaged[Cdecl]<nint*, int>)Symbol(library, "cublasCreate_v2");

    public readonly delegate* unmanaged[Cdecl]<nint, int> Destroy = (delegate* unmanaged[Cdecl]<nint, int>)Symbol(library, "cublasDestroy_v2");

    public readonly delegate* unmanaged[Cdecl]<nint, int*, int> GetVersion =
        (delegate* unmanaged[Cdecl]<nint, int*, int>)Symbol(library, "cublasGetVersion_v2");

    public readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int, int, float*, ulong, int, ulong, int, float*, ulong, int, int> Sgemm =
        (delegate* unmanaged[Cdecl]<nint, int, int, int, int, int, float*, ulong, int, ulong, int, float*, ulong, int, int>)
        Symbol(library, "cublasSgemm_v2");

    public readonly delegate* unmanaged[Cdecl]<nint, int, int, int, int, int, double*, ulong, int, ulong, int, double*, ulong, int, int> Dgemm =
        (delegate* unmanaged[Cdecl]<nint, int, int, int, int, int, double*, ulong, int, ulong, int, double*, ulong, int, int>)
        Symbol(library, "cublasDgemm_v2");

    public readonly delegate* unmanaged[Cdecl]<
        nint, int, int, int, int, int, float*, ulong, int, long, ulong, int, long, float*, ulong, int, long, int, int> SgemmStridedBatched =
        (delegate* unmanaged[Cdecl]<
            nint, int, int, int, int, int, float*, ulong, int, long, ulong, int, long, float*, ulong, int, long, int, int>)
        Symbol(library, "cublasSgemmStridedBatched");

    public readonly delegate* unmanaged[Cdecl]<
        nint, int, int, int, int, int, double*, ulong, int, long, ulong, int, long, double*, ulong, int, long, int, int> DgemmStridedBatched =
        (delegate* unmanaged[Cdecl]<
            nint, int, int, int, int, int, double*, ulong, int, long, ulong, int, long, double*, ulong, int, long, int, int>)
        Symbol(library, "cublasDgemmStridedBatched");

    private static nint Symbol(nint library, string name) => NativeLibrary.GetExport(library, name);
}
