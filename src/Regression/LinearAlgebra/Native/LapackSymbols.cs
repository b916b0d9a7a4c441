using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace InfiniteNtk.Regression.LinearAlgebra.Native;

/// <summary>
/// The Fortran entry points of one loaded library with 32-bit integers: the names and arguments that OpenBLAS and MKL share.
/// Each character argument has a hidden length at the end.
/// </summary>
internal sealed unsafe class LapackSymbols
{
    private static readonly string[] _names =
        ["dgemm_", "dpotrf_", "dtrsm_", "dpotri_", "dsytrd_", "dormtr_", "dsyevd_"];

    private LapackSymbols(nint[] addresses)
    {
        Dgemm = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, nint, nint, void>)addresses[0];
        Dpotrf = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void>)addresses[1];
        Dtrsm = (delegate* unmanaged[Cdecl]<byte*, byte*, byte*, byte*, int*, int*, double*, double*, int*, double*, int*, nint, nint, nint, nint, void>)addresses[2];
        Dpotri = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void>)addresses[3];
        Dsytrd = (delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, double*, double*, double*, double*, int*, int*, nint, void>)addresses[4];
        Dormtr = (delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, int*, nint, nint, nint, void>)addresses[5];
        Dsyevd = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void>)addresses[6];
    }

    /// <summary>C ← alpha·op(A)·op(B) + beta·C: transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc.</summary>
    public delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, double*, double*, int*, double*, int*, double*, double*, int*, nint, nint, void> Dgemm { get; }

    /// <summary>Cholesky: uplo, n, a, lda, info.</summary>
    public delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void> Dpotrf { get; }

    /// <summary>Triangular solve: side, uplo, transa, diag, m, n, alpha, a, lda, b, ldb.</summary>
    public delegate* unmanaged[Cdecl]<byte*, byte*, byte*, byte*, int*, int*, double*, double*, int*, double*, int*, nint, nint, nint, nint, void> Dtrsm { get; }

    /// <summary>Inverse from the Cholesky factor: uplo, n, a, lda, info.</summary>
    public delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, int*, nint, void> Dpotri { get; }

    /// <summary>Tridiagonalisation: uplo, n, a, lda, d, e, tau, work, lwork, info.</summary>
    public delegate* unmanaged[Cdecl]<byte*, int*, double*, int*, double*, double*, double*, double*, int*, int*, nint, void> Dsytrd { get; }

    /// <summary>Multiplication by its Q: side, uplo, trans, m, n, a, lda, tau, c, ldc, work, lwork, info.</summary>
    public delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, int*, nint, nint, nint, void> Dormtr { get; }

    /// <summary>Eigenvectors: jobz, uplo, n, a, lda, w, work, lwork, iwork, liwork, info.</summary>
    public delegate* unmanaged[Cdecl]<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, nint, nint, void> Dsyevd { get; }

    /// <summary>Finds all entry points, or names the first that is missing.</summary>
    public static bool TryBind(nint library, [NotNullWhen(true)] out LapackSymbols? symbols, [NotNullWhen(false)] out string? missing)
    {
        var addresses = new nint[_names.Length];
        for (int i = 0; i < addresses.Length; i++)
        {
            if (NativeLibrary.TryGetExport(library, _names[i], out addresses[i])) continue;
            (symbols, missing) = (null, _names[i]);
            return false;
        }

        (symbols, missing) = (new LapackSymbols(addresses), null);
        return true;
    }
}
