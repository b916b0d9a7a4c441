using InfiniteNtk.Kernels.Errors;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// The field equations of random training sets: w_i R_ii = 1 - pi with R = (A + delta + diag w)^-1, one w per point.
/// </summary>
/// <remarks>
/// Newton in w: H z = (1 - pi) - w d, w += z/d with d = diag R and H of <see cref="PropagationSystem"/>. From above (or from any
/// solution at a smaller n) it descends monotonically. One Cholesky inverse a step, then a few products with C.
/// </remarks>
internal sealed class ResamplingField : IDisposable
{
    private const int MostInverses = 60;
    private const int MostFromGuess = 6;
    private const double GoodEnough = 1e-4;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly KernelMatrix<double> _kernel;
    private readonly SymmetricKernel _facts;
    private readonly ILinearAlgebra _algebra;
    private readonly Workers _workers;

    public ResamplingField(KernelMatrix<double> kernel, SymmetricKernel facts, double ridge, ILinearAlgebra algebra)
    {
        _kernel = kernel;
        _facts = facts;
        _algebra = algebra;
        _workers = Workers.Of(algebra);
        Ridge = ridge / facts.MeanDiagonal;
        Inverse = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
        W = new double[kernel.Rows];
        Diagonal = new double[kernel.Rows];
    }

    /// <summary>delta in units of the mean diagonal.</summary>
    public double Ridge { get; }

    /// <summary>R in units of 1/mean diagonal after a solution; the caller may overwrite it.</summary>
    public KernelMatrix<double> Inverse { get; }

    /// <summary>w in units of the mean diagonal.</summary>
    public double[] W { get; private set; }

    /// <summary>diag R in units of 1/mean diagonal.</summary>
    public double[] Diagonal { get; }

    /// <summary>Cholesky inverses of the last solution.</summary>
    public int Inverses { get; private set; }

    /// <summary>Largest |log(w d/(1-pi))| of the last solution.</summary>
    public double Residual { get; private set; }

    /// <summary>Whether the last solution is one: what is left of the residual is small, or rounding.</summary>
    public bool IsSolved => Residual <= GoodEnough;

    /// <summary>w never exceeds (1-pi)/pi (A_ii + delta).</summary>
    public double[] UpperBound(double pi)
    {
        double[] bound = new double[W.Length];
        for (int i = 0; i < bound.Length; i++) bound[i] = (1 - pi) / pi * (Math.Max(_kernel[i, i] / _facts.MeanDiagonal, 0) + Ridge);
        return bound;
    }

    /// <summary>
    /// Solves for 0 &lt; pi &lt;= 1 from <paramref name="guess"/>; at pi = 1 w = 0. A guess can lie on the wrong side of the solution (n
    /// just above the kernel's rank); where it leads nowhere the descent begins again from the upper bound, which never does.
    /// </summary>
    /// <exception cref="NumericalFailureException">The kernel matrix is not positive semidefinite, or singular at pi = 1.</exception>
    public void Solve(double pi, double[] guess, double tolerance)
    {
        Inverses = 0;
        Descend(pi, guess, tolerance, MostFromGuess);
        if (!IsSolved) Descend(pi, UpperBound(pi), tolerance, MostInverses);
    }

    public void Dispose() => Inverse.Dispose();

    private void Descend(double pi, double[] start, double tolerance, int mostInverses)
    {
        W = start;
        double best = double.PositiveInfinity;
        for (int stalled = 0; ;)
        {
            Invert();
            double floor = Floor();
            Residual = LargestLogResidual(1 - pi);
            if (Residual <= Math.Max(tolerance, floor) || Inverses >= (IsSolved ? MostInverses : mostInverses)) return;
            // Rounding ends the descent where the floor was estimated too low: stop at the second step without progress.
            stalled = Residual < best ? 0 : stalled + 1;
            best = Math.Min(best, Residual);
            if (stalled >= 2 && IsSolved) return;
            Step(1 - pi);
        }
    }

    private void Invert()
    {
        ShiftedKernel.Write(_kernel, 1 / _facts.MeanDiagonal, Ridge, W, Inverse, _workers);
        Inverses++;
        if (_algebra.Cholesky(Inverse.View) >= 0)
        {
            throw new NumericalFailureException(
                "Cannot predict a learning curve", "the kernel matrix plus the ridge has no Cholesky factor",
                "the kernel matrix must be positive semidefinite", "Check that it is a kernel of one set of points, or raise the ridge");
        }

        _algebra.InvertFromCholesky(Inverse.View);
        for (int i = 0; i < Diagonal.Length; i++) Diagonal[i] = Inverse[i, i];
    }

    /// <summary>What rounding leaves of the residual: 10 epsilon ||A||_1 / min omega.</summary>
    private double Floor()
    {
        double smallest = double.PositiveInfinity;
        foreach (double w in W) smallest = Math.Min(smallest, w);
        return 10 * MachineEpsilon * (_facts.Norm / _facts.MeanDiagonal) / (smallest + Ridge);
    }

    private double LargestLogResidual(double unseen)
    {
        if (unseen == 0) return 0;
        double largest = 0;
        for (int i = 0; i < W.Length; i++) largest = Math.Max(largest, Math.Abs(Math.Log(W[i] * Diagonal[i] / unseen)));
        return largest;
    }

    private void Step(double unseen)
    {
        using var b = new KernelMatrix<double>(W.Length, 1);
        for (int i = 0; i < W.Length; i++) b[i, 0] = unseen - W[i] * Diagonal[i];
        ShiftedKernel.SquareCorrelations(Inverse, Diagonal, _workers);
        // Products with C cost a hundredth of an inverse: accurate enough to keep Newton quadratic.
        double tolerance = Math.Clamp(0.1 * Residual, 1e-8, 1e-3);
        bool newton = new PropagationSystem(Inverse, unseen, _algebra).Solve(b.View, tolerance);
        double[] next = new double[W.Length];
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = newton ? Math.Max(W[i] + b[i, 0] / Diagonal[i], 0.1 * W[i]) : unseen / Diagonal[i];
        }

        W = next;
    }
}
