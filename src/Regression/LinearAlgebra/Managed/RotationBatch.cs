using System.Runtime.Intrinsics;
using InfiniteNtk.Kernels.Matrices;

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
        _strips = new KernelMatrix<double>(strips * _rows, _width);
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

    private static void ApplyNarrow(double* row, nint step, double* rotation, int count)
    {
        Vector512<double> x = Vector512.Load(row);
        for (int k = 0; k < count; k++, rotation += 2, row += step)
        {
            Vector512<double> c = Vector512.Create(rotation[0]), s = Vector512.Create(rotation[1]), y = Vector512.Load(row + step);
            Vector512.FusedMultiplyAdd(c, x, s * y).Store(row);
            x = Vector512.FusedMultiplyAdd(-s, x, c * y);
        }

        x.Store(row);
    }

    private static void ApplyWide(double* row, nint step, double* rotation, int count)
    {
        Vector512<double> x0 = Vector512.Load(row), x1 = Vector512.Load(row + Lanes);
        Vector512<double> x2 = Vector512.Load(row + 2 * Lanes), x3 = Vector512.Load(row + 3 * Lanes);
        for (int k = 0; k < count; k++, rotation += 2, row += step)
        {
            double* next = row + step;
            Vector512<double> c = Vector512.Create(rotation[0]), s = Vector512.Create(rotation[1]), minus = -s;
            Vector512<double> y0 = Vector512.Load(next), y1 = Vector512.Load(next + Lanes);
            Vector512<double> y2 = Vector512.Load(next + 2 * Lanes), y3 = Vector512.Load(next + 3 * Lanes);
            Vector512.FusedMultiplyAdd(c, x0, s * y0).Store(row);
            Vector512.FusedMultiplyAdd(c, x1, s * y1).Store(row + Lanes);
            Vector512.FusedMultiplyAdd(c, x2, s * y2).Store(row + 2 * Lanes);
            Vector512.FusedMultiplyAdd(c, x3, s * y3).Store(row + 3 * Lanes);
            x0 = Vector512.FusedMultiplyAdd(minus, x0, c * y0);
            x1 = Vector512.FusedMultiplyAdd(minus, x1, c * y1);
            x2 = Vector512.FusedMultiplyAdd(minus, x2, c * y2);
            x3 = Vector512.FusedMultiplyAdd(minus, x3, c * y3);
        }

        x0.Store(row);
        x1.Store(row + Lanes);
        x2.Store(row + 2 * Lanes);
        x3.Store(row + 3 * Lanes);
    }

    private readonly record struct Sweep(int Row, int Step, int Start);
}
