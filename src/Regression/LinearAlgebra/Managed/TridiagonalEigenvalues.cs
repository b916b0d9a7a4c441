namespace InfiniteNtk.Regression.LinearAlgebra.Managed;

/// <summary>
/// Eigenvalues of a symmetric tridiagonal matrix by the implicit QL iteration with Wilkinson's shift; its rotations carry
/// y to coefficients in the eigenbasis. (Parlett, The Symmetric Eigenvalue Problem, chapter 8.)
/// </summary>
/// <remarks>
/// QL wants the large entries last. A block that has them first is read backwards, which is the QR iteration.
/// </remarks>
internal sealed unsafe class TridiagonalEigenvalues
{
    private const int SweepsPerEigenvalue = 60;

    /// <summary>Half an ulp of 1, squared: couplings below it times the neighbouring diagonals are rounding.</summary>
    private const double Negligible = 1.2325951644078310e-32;
    private const double Tiny = 2.2250738585072014e-308;

    private readonly double* _diagonal, _below;
    private readonly int _size;
    private readonly RotationBatch _rotations;
    private int _sweepsLeft;

    private TridiagonalEigenvalues(double* diagonal, double* below, int size, RotationBatch rotations)
    {
        _diagonal = diagonal;
        _below = below;
        _size = size;
        _rotations = rotations;
        _sweepsLeft = SweepsPerEigenvalue * size;
    }

    /// <summary>
    /// Replaces <paramref name="diagonal"/> by the eigenvalues in ascending order and <paramref name="y"/>, which held Qᵀy, by
    /// the coefficients; destroys <paramref name="below"/>.
    /// </summary>
    public static void Solve(Span<double> diagonal, Span<double> below, MatrixView<double> y, Workers workers)
    {
        int size = diagonal.Length;
        if (size == 0) return;
        double largest = 0;
        for (int i = 0; i < size; i++) largest = Math.Max(largest, Math.Max(Math.Abs(diagonal[i]), i + 1 < size ? Math.Abs(below[i]) : 0));
        double scale = PowerOfTwo.Below(largest);
        for (int i = 0; i < size; i++)
        {
            diagonal[i] /= scale;
            below[i] /= scale;
        }

        using var rotations = new RotationBatch(y, workers);
        fixed (double* d = diagonal, e = below) new TridiagonalEigenvalues(d, e, size, rotations).SolveBlocks();
        int[] order = [.. Enumerable.Range(0, size)];
        double[] values = diagonal.ToArray();
        Array.Sort(values, order);
        for (int i = 0; i < size; i++) diagonal[i] = values[i] * scale;
        rotations.CopyTo(y, order);
    }

    private void SolveBlocks()
    {
        for (int first = 0; first < _size;)
        {
            int last = first;
            while (last < _size - 1 && !IsNegligible(last, last + 1, _below[last])) last++;
            bool backwards = Math.Abs(_diagonal[last]) < Math.Abs(_diagonal[first]);
            SolveBlock(backwards ? last : first, backwards ? -1 : 1, last - first + 1);
            first = last + 1;
        }
    }

    /// <summary>A block without negligible couplings, read from <paramref name="origin"/> in the direction of <paramref name="step"/>.</summary>
    private void SolveBlock(int origin, int step, int length)
    {
        for (int start = 0; start < length;)
        {
            int end = start;
            while (end < length - 1 && !IsNegligible(origin + step * end, origin + step * (end + 1), Below(origin, step, end))) end++;
            if (end < length - 1) Below(origin, step, end) = 0;
            if (end == start)
            {
                start++;
                continue;
            }

            if (_sweepsLeft-- == 0)
            {
                throw new NumericalFailureException(
                    "Cannot compute eigenvalues", $"the QL iteration did not converge in {SweepsPerEigenvalue} sweeps per eigenvalue, n = {_size}",
                    "a symmetric matrix of finite numbers converges in about two", "Please report this matrix");
            }

            Sweep(origin, step, start, end);
        }
    }

    private void Sweep(int origin, int step, int start, int end)
    {
        _rotations.Begin(origin + step * end, -step, end - start);
        double p = D(start), coupling = Below(origin, step, start);
        double g = (D(start + 1) - p) / (2 * coupling);
        g = D(end) - p + coupling / (g + Math.CopySign(double.Hypot(g, 1), g));
        double s = 1, c = 1;
        p = 0;
        for (int i = end - 1; i >= start; i--)
        {
            double f = s * Below(origin, step, i), b = c * Below(origin, step, i);
            double r = Rotation(g, f, out c, out s);
            if (i != end - 1) Below(origin, step, i + 1) = r;
            g = D(i + 1) - p;
            r = (D(i) - g) * s + 2 * c * b;
            p = s * r;
            D(i + 1) = g + p;
            g = c * r - b;
            _rotations.Add(c, s);
        }

        D(start) -= p;
        Below(origin, step, start) = g;

        ref double D(int i) => ref _diagonal[origin + step * i];
    }

    /// <summary>c = g/r and s = f/r with r = √(g² + f²).</summary>
    private static double Rotation(double g, double f, out double c, out double s)
    {
        double r = Math.Sqrt(g * g + f * f);
        if (!(r > 1e-140 && r < 1e140)) r = double.Hypot(g, f);
        if (r == 0)
        {
            (c, s) = (1, 0);
            return 0;
        }

        (c, s) = (g / r, f / r);
        return r;
    }

    private ref double Below(int origin, int step, int i) => ref _below[origin + step * i - (step < 0 ? 1 : 0)];

    private bool IsNegligible(int i, int j, double coupling) =>
        coupling * coupling <= Negligible * Math.Abs(_diagonal[i]) * Math.Abs(_diagonal[j]) + Tiny;
}
