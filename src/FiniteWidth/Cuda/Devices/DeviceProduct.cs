using InfiniteNtk.FiniteWidth.Cuda.Native;

namespace InfiniteNtk.FiniteWidth.Cuda.Devices;

/// <summary>Matrix products on the device, row-major like everything else here, by cuBLAS.</summary>
internal sealed unsafe class DeviceProduct : IDisposable
{
    private const string Asked = "Cannot multiply matrices on the device";
    private readonly DeviceContext _context;
    private readonly Cublas _cublas;
    private readonly bool _single;
    private readonly nint _handle;

    public DeviceProduct(DeviceContext context, Cublas cublas, CudaPrecision precision)
    {
        _context = context;
        _cublas = cublas;
        _single = precision == CudaPrecision.Single;
        nint handle;
        context.CheckProduct(cublas.Create(&handle), "Cannot start cuBLAS");
        _handle = handle;
    }

    /// <summary>For example "12.4.5".</summary>
    public string Version
    {
        get
        {
            int version;
            _ = _cublas.GetVersion(_handle, &version);
            int unit = version >= 100_000 ? 10_000 : 1_000;
            return $"{version / unit}.{version % unit / 100}.{version % 100}";
        }
    }

    /// <summary>C ← alpha·op(A)·op(B) + beta·C, where op(A) is m × k, op(B) k × n and op transposes where asked.</summary>
    public void Multiply(
        long m, long n, long k, double alpha, ulong a, bool transposeA, ulong b, bool transposeB, double beta, ulong c) =>
        Multiply(new Shape(m, n, k), alpha, new(a, transposeA, 0), new(b, transposeB, 0), beta, new(c, false, 0), 1);

    /// <summary>The same for several matrices that lie at equal distances; a distance of 0 means the same matrix each time.</summary>
    public void Multiply(Shape shape, double alpha, Operand a, Operand b, double beta, Operand c, int count)
    {
        if (shape.M == 0 || shape.N == 0 || count == 0) return;

        // Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ, and a row-major matrix read as column-major is its transpose.
        (int m, int n, int k) = (checked((int)shape.M), checked((int)shape.N), checked((int)shape.K));
        (int lda, int ldb) = (Math.Max(1, a.Transpose ? m : k), Math.Max(1, b.Transpose ? k : n));
        (int first, int second) = (b.Transpose ? 1 : 0, a.Transpose ? 1 : 0);
        int code;
        if (_single)
        {
            (float one, float other) = ((float)alpha, (float)beta);
            code = count == 1
                ? _cublas.Sgemm(_handle, first, second, n, m, k, &one, b.Address, ldb, a.Address, lda, &other, c.Address, n)
                : _cublas.SgemmStridedBatched(
                    _handle, first, second, n, m, k, &one, b.Address, ldb, b.Distance, a.Address, lda, a.Distance, &other, c.Address, n, c.Distance, count);
        }
        else
        {
            code = count == 1
                ? _cublas.Dgemm(_handle, first, second, n, m, k, &alpha, b.Address, ldb, a.Address, lda, &beta, c.Address, n)
                : _cublas.DgemmStridedBatched(
                    _handle, first, second, n, m, k, &alpha, b.Address, ldb, b.Distance, a.Address, lda, a.Distance, &beta, c.Address, n, c.Distance, count);
        }

        _context.CheckProduct(code, Asked);
    }

    public void Dispose() => _ = _cublas.Destroy(_handle);

    /// <summary>m × n from m × k and k × n.</summary>
    internal readonly record struct Shape(long M, long N, long K);

    /// <summary>A matrix, or the first of several.</summary>
    /// <param name="Address">Where it lies.</param>
    /// <param name="Transpose">Whether it enters transposed.</param>
    /// <param name="Distance">Numbers from one to the next.</param>
    internal readonly record struct Operand(ulong Address, bool Transpose, long Distance);
}
