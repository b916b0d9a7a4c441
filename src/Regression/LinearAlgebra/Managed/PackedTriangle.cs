using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Products;
using Lane = InfiniteNtk.Kernels.Lanes.Double512Lane;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// A small lower triangle L, packed to be applied to many vectors, a panel of 24 at a time: x ← L⁻¹x, L⁻ᵀx or Lᵀx. All but the blocks
/// on the diagonal is done by the innermost product.
/// </summary>
internal sealed unsafe class PackedTriangle : IDisposable
{
    /// <summary>The largest triangle: a panel of vectors stays in the first-level cache.</summary>
    public const int Largest = 128;

    /// <summary>Below this many multiply-adds, doubled, a second thread costs more than it saves.</summary>
    private const double WorthThreads = 1 << 19;

    private static readonly IMicroKernel<double> _kernel = MicroKernels.For<double>();
    private static readonly int _width = PackedPanels<double>.Width;

    private readonly int _size;
    private readonly bool _transposed;
    private readonly PackedPanels<double> _vectors;
    private readonly double[] _reciprocals;

    /// <summary>Packs the rows of L or, for what uses its transpose, its columns; zeros stand for what lies above the diagonal.</summary>
    public PackedTriangle(Block l, bool transposed)
    {
        _size = (int)l.Rows;
        _transposed = transposed;
        _vectors = new PackedPanels<double>(_size, _size);
        _reciprocals = new double[_size];
        using var clean = KernelMatrix<double>.Temporary(_size, _size);
        for (int i = 0; i < _size; i++)
        {
            new Span<double>(l.Row(i), i + 1).CopyTo(clean.View.Row(i));
            clean.View.Row(i)[(i + 1)..].Clear();
            _reciprocals[i] = 1 / l.Row(i)[i];
        }

        if (transposed) _vectors.PackColumns(0, clean.View);
        else _vectors.PackRows(0, clean.View);
    }

    private delegate void Panel(double* x, double* y);

    /// <summary>Solves for every row of B, or every column.</summary>
    public void Solve(Block b, bool rows, Workers workers) => Apply(b, rows, workers, _transposed ? SolveBackward : SolveForward, inPlace: true);

    /// <summary>Multiplies every column of B by Lᵀ.</summary>
    public void MultiplyTransposed(Block b, Workers workers) => Apply(b, rows: false, workers, Multiply, inPlace: false);

    public void Dispose() => _vectors.Dispose();

    private void SolveForward(double* x, double* y)
    {
        for (int first = 0; first < _size; first += _kernel.Rows)
        {
            Accumulate(first, _vectors.At(first, 0), x, -1, x + first * _width);
            int size = Math.Min(_kernel.Rows, _size - first);
            for (int i = 0; i < size; i++) SolveRow(i, 0, i, first, x + first * _width);
        }
    }

    private void SolveBackward(double* x, double* y)
    {
        for (int first = (_size - 1) / _kernel.Rows * _kernel.Rows; first >= 0; first -= _kernel.Rows)
        {
            int next = Math.Min(first + _kernel.Rows, _size);
            Accumulate(_size - next, _vectors.At(first, next), x + next * _width, -1, x + first * _width);
            for (int i = next - first - 1; i >= 0; i--) SolveRow(i, i + 1, next - first, first, x + first * _width);
        }
    }

    private void Multiply(double* x, double* y)
    {
        for (int first = 0; first < _size; first += _kernel.Rows)
        {
            Accumulate(_size - first, _vectors.At(first, first), x + first * _width, 1, y + first * _width);
        }
    }

    /// <summary>A block of positions of a panel plus alpha times what a block of packed vectors makes of <paramref name="x"/>.</summary>
    private static void Accumulate(int length, double* vectors, double* x, double alpha, double* target)
    {
        if (length == 0) return;
        for (int column = 0; column < _width; column += _kernel.Columns)
        {
            _kernel.Run(length, vectors, x + column, x, alpha, target + column, _width);
        }
    }

    /// <summary>Position i of a block of a panel, from its positions <paramref name="from"/> to <paramref name="end"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveRow(int i, int from, int end, int first, double* x)
    {
        double* factors = _vectors.At(first, first) + i, target = x + i * _width;
        Lane a = Lane.Load(in target[0]), b = Lane.Load(in target[Lane.Count]), c = Lane.Load(in target[2 * Lane.Count]);
        for (int k = from; k < end; k++)
        {
            Lane factor = Lane.Broadcast(-factors[k * _width]);
            double* solved = x + k * _width;
            a = Lane.MultiplyAdd(factor, Lane.Load(in solved[0]), a);
            b = Lane.MultiplyAdd(factor, Lane.Load(in solved[Lane.Count]), b);
            c = Lane.MultiplyAdd(factor, Lane.Load(in solved[2 * Lane.Count]), c);
        }

        Lane reciprocal = Lane.Broadcast(_reciprocals[first + i]);
        Lane.Store(a * reciprocal, ref target[0]);
        Lane.Store(b * reciprocal, ref target[Lane.Count]);
        Lane.Store(c * reciprocal, ref target[2 * Lane.Count]);
    }

    private void Apply(Block b, bool rows, Workers workers, Panel action, bool inPlace)
    {
        nint vectors = rows ? b.Rows : b.Columns, panels = (vectors + _width - 1) / _width;
        Workers crew = (double)_size * _size * vectors < WorthThreads ? Workers.Alone : workers;
        crew.Run(panels, panel =>
        {
            double* memory = stackalloc double[2 * (Largest * _width) + Lane.Count];
            double* x = (double*)(((nint)memory + Cache.LineBytes - 1) & -Cache.LineBytes), y = inPlace ? x : x + Largest * _width;
            int present = (int)Math.Min(_width, vectors - panel * _width), padded = (_size + 7) / 8 * 8;
            new Span<double>(x, padded * _width).Clear();
            if (!inPlace) new Span<double>(y, padded * _width).Clear();
            Block part = rows ? b.Slice(panel * _width, 0, present, _size) : b.Slice(0, panel * _width, _size, present);
            Block packed = new(x, _size, present, _width), result = new(y, _size, present, _width);
            if (rows) Transpose(part, packed);
            else Copy(part, packed);
            action(x, y);
            if (rows) Transpose(result, part);
            else Copy(result, part);
        });
    }

    private static void Copy(Block source, Block target)
    {
        for (nint i = 0; i < source.Rows; i++) new Span<double>(source.Row(i), (int)source.Columns).CopyTo(new Span<double>(target.Row(i), (int)source.Columns));
    }

    private static void Transpose(Block source, Block target)
    {
        int size = Transposition.Size<double>();
        nint wholeRows = source.Rows / size * size, wholeColumns = source.Columns / size * size;
        for (nint i = 0; i < wholeRows; i += size)
        {
            for (nint j = 0; j < wholeColumns; j += size)
            {
                Transposition.Block(source.Row(i) + j, source.Stride, target.Row(j) + i, target.Stride, false);
            }
        }

        for (nint i = 0; i < source.Rows; i++)
        {
            for (nint j = i < wholeRows ? wholeColumns : 0; j < source.Columns; j++) target.Row(j)[i] = source.Row(i)[j];
        }
    }
}
