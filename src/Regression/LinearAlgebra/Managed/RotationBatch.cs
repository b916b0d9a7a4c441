using System.Runtime.CompilerServices;
using Lane = InfiniteNtk.Kernels.Lanes.Double512Lane;

namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// Plane rotations of neighbouring rows, recorded in sweeps and applied together: a strip of columns stays in cache for many
/// sweeps, and strips are shared among threads. Within a sweep the row between two rotations stays in registers.
/// </summary>
internal sealed unsafe class RotationBatch : IDisposable
{
    private const int Lanes = 8, UsualCapacity = 1 << 14;

    private readonly Workers _workers;
    private readonly KernelMatrix<double> _strips;
    private readonly nint _rows, _columns, _width;
    private readonly double[] _rotations;
    private readonly List<Sweep> _sweeps = [];
    private int _count;

    /// <summary>Takes the rows of <paramref name="y"/> over into strips.</summary>
    public RotationBatch(MatrixView<double> y, Workers workers)
    {
        (_rows, _columns, _workers) = (y.Rows, y.Columns, workers);
        _width = _columns <= Lanes ? Lanes : 4 * Lanes;
        _rotations = new double[2 * Math.Max(UsualCapacity, _rows)];
        nint strips = (_columns + _width - 1) / _width;
        _strips = KernelMatrix<double>.Temporary(strips * _rows, _width);
        new Block(_strips.View).Clear();
        for (nint i = 0; i < _rows; i++)
        {
            for (nint j = 0; j < _columns; j++) *Entry(i, j) = y[i, j];
        }
    }

    /// <summary>
    /// Starts a sweep of <paramref name="length"/> rotations, the first on <paramref name="row"/> and the row a
    /// <paramref name="step"/> further.
    /// </summary>
    public void Begin(int row, int step, int length)
    {
        if (_columns == 0) return;
        if (2 * (_count + length) > _rotations.Length) Flush();
        _sweeps.Add(new Sweep(row, step, _count));
    }

    /// <summary>
    /// Records (x, y) → (c·x + s·y, c·y − s·x) for the current row x and the next row y, which becomes the current one.
    /// </summary>
    public void Add(double c, double s)
    {
        if (_columns == 0) return;
        _rotations[2 * _count] = c;
        _rotations[2 * _count + 1] = s;
        _count++;
    }

    /// <summary>Gives the rows back, row i of <paramref name="y"/> being row order[i].</summary>
    public void CopyTo(MatrixView<double> y, int[] order)
    {
        Flush();
        for (nint i = 0; i < _rows; i++)
        {
            for (nint j = 0; j < _columns; j++) y[i, j] = *Entry(order[i], j);
        }
    }

    public void Dispose() => _strips.Dispose();

    private double* Entry(nint row, nint column) =>
        _strips.View.Origin + (column / _width * _rows + row) * _width + column % _width;

    private void Flush()
    {
        nint strips = _strips.Rows / Math.Max(_rows, 1);
        double* origin = _strips.View.Origin;
        _workers.Run(strips, strip =>
        {
            fixed (double* rotations = _rotations)
            {
                for (int k = 0; k < _sweeps.Count; k++)
                {
                    (int row, int step, int start) = _sweeps[k];
                    int end = k + 1 < _sweeps.Count ? _sweeps[k + 1].Start : _count;
                    double* first = origin + (strip * _rows + row) * _width;
                    if (_width == Lanes) ApplyNarrow(first, step * _width, rotations + 2 * start, end - start);
                    else ApplyWide(first, step * _width, rotations + 2 * start, end - start);
                }
            }
        });
        _sweeps.Clear();
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyNarrow(double* row, nint step, double* rotation, int count)
    {
        Lane x = Lane.Load(in *row);
        for (int k = 0; k < count; k++, rotation += 2, row += step)
        {
            Lane c = Lane.Broadcast(rotation[0]), s = Lane.Broadcast(rotation[1]), y = Lane.Load(in row[step]);
            Lane.Store(Lane.MultiplyAdd(c, x, s * y), ref *row);
            x = Lane.MultiplyAdd(-s, x, c * y);
        }

        Lane.Store(x, ref *row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyWide(double* row, nint step, double* rotation, int count)
    {
        Lane x0 = Lane.Load(in *row), x1 = Lane.Load(in row[Lanes]);
        Lane x2 = Lane.Load(in row[2 * Lanes]), x3 = Lane.Load(in row[3 * Lanes]);
        for (int k = 0; k < count; k++, rotation += 2, row += step)
        {
            double* next = row + step;
            Lane c = Lane.Broadcast(rotation[0]), s = Lane.Broadcast(rotation[1]), minus = -s;
            Lane y0 = Lane.Load(in *next), y1 = Lane.Load(in next[Lanes]);
            Lane y2 = Lane.Load(in next[2 * Lanes]), y3 = Lane.Load(in next[3 * Lanes]);
            Lane.Store(Lane.MultiplyAdd(c, x0, s * y0), ref *row);
            Lane.Store(Lane.MultiplyAdd(c, x1, s * y1), ref row[Lanes]);
            Lane.Store(Lane.MultiplyAdd(c, x2, s * y2), ref row[2 * Lanes]);
            Lane.Store(Lane.MultiplyAdd(c, x3, s * y3), ref row[3 * Lanes]);
            x0 = Lane.MultiplyAdd(minus, x0, c * y0);
            x1 = Lane.MultiplyAdd(minus, x1, c * y1);
            x2 = Lane.MultiplyAdd(minus, x2, c * y2);
            x3 = Lane.MultiplyAdd(minus, x3, c * y3);
        }

        Lane.Store(x0, ref *row);
        Lane.Store(x1, ref row[Lanes]);
        Lane.Store(x2, ref row[2 * Lanes]);
        Lane.Store(x3, ref row[3 * Lanes]);
    }

    private readonly record struct Sweep(int Row, int Step, int Start);
}
