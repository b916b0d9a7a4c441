using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// The field equations of random training sets over distinct points: with R = (A + diag omega)^-1, omega = delta/m + w for a point of m copies,
/// and v = 1/R_gg - omega what the others leave of it, R_gg = E[1/(v + delta/k)] over the number k of its copies that are drawn.
/// </summary>
/// <remarks>
/// <para>That is w R_gg = U(v) with U of <see cref="Occupation"/>; without copies U = 1 - pi, and w R_gg = 1 - pi. omega is a concave
/// rising function of v, and v one of the other omega: the solution is unique, and Newton descends to it from above monotonically.</para>
/// <para>Newton: y - t (C y) = (U - w d)/((1-U)(1+rho)), w += y/d, with d = diag R, t = rho/(1+rho) and C of
/// <see cref="PropagationSystem"/>. One Cholesky inverse a step, then a few products with C.</para>
/// </remarks>
internal sealed class ResamplingField : IDisposable
{
    private const int MostInverses = 60;
    private const int MostFromGuess = 6;
    private const double GoodEnough = 1e-4;
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Below it rho is 0 to every sum that it enters; a system needs it positive.</summary>
    private const double LeastSpread = 1e-16;

    private readonly KernelMatrix<double> _kernel;
    private readonly SymmetricKernel _facts;
    private readonly CopyGroups _groups;
    private readonly ILinearAlgebra _algebra;
    private readonly Workers _workers;
    private readonly Action _inverted;
    private double[][] _probabilities = [];

    /// <param name="kernel">Kernel of the distinct points; kept.</param>
    /// <param name="facts">Of the whole population.</param>
    /// <param name="groups">The copies.</param>
    /// <param name="ridge">delta, absolute.</param>
    /// <param name="algebra">The backend.</param>
    /// <param name="workers">Who shares rows.</param>
    /// <param name="inverted">Told after each inverse.</param>
    public ResamplingField(
        KernelMatrix<double> kernel, SymmetricKernel facts, CopyGroups groups, double ridge, ILinearAlgebra algebra, Workers workers, Action inverted)
    {
        _kernel = kernel;
        _facts = facts;
        _groups = groups;
        _algebra = algebra;
        _workers = workers;
        _inverted = inverted;
        Ridge = ridge / facts.MeanDiagonal;
        Inverse = new KernelMatrix<double>(kernel.Rows, kernel.Columns);
        W = new double[kernel.Rows];
        Diagonal = new double[kernel.Rows];
        Cavity = new double[kernel.Rows];
        Occupations = new Occupation[kernel.Rows];
    }

    /// <summary>delta in units of the mean diagonal.</summary>
    public double Ridge { get; }

    /// <summary>R in units of 1/mean diagonal after a solution, C after <see cref="Correlate"/>.</summary>
    public KernelMatrix<double> Inverse { get; }

    /// <summary>w in units of the mean diagonal.</summary>
    public double[] W { get; private set; }

    /// <summary>d = diag R in units of 1/mean diagonal.</summary>
    public double[] Diagonal { get; }

    /// <summary>v in units of the mean diagonal, at least 0.</summary>
    public double[] Cavity { get; }

    /// <summary>What is drawn of each point's copies, and what it does at its v.</summary>
    public Occupation[] Occupations { get; }

    /// <summary>Cholesky inverses of the last solution.</summary>
    public int Inverses { get; private set; }

    /// <summary>Largest |log(w d/U)| of the last solution.</summary>
    public double Residual { get; private set; }

    /// <summary>Whether what is left of the residual is small, or rounding.</summary>
    private bool IsSolved => Residual <= GoodEnough;

    /// <summary>omega in units of the mean diagonal.</summary>
    public double Omega(int group) => W[group] + Floor(group);

    /// <summary>What w never exceeds: its equation with all of A_gg left of each point.</summary>
    public double[] UpperBound(int drawn)
    {
        Occupy(drawn);
        double[] bound = new double[W.Length];
        for (int g = 0; g < bound.Length; g++)
        {
            double v = Math.Max(_kernel[g, g] / _facts.MeanDiagonal, 0);
            var occupation = Occupation.Of(_probabilities[g], v, Ridge);
            bound[g] = (v + Floor(g)) * occupation.Unseen / occupation.Response;
        }

        return bound;
    }

    /// <summary>
    /// Solves for <paramref name="drawn"/> points from <paramref name="guess"/>. A guess can lie on the wrong side of the solution (n
    /// just above the kernel's rank); where it leads nowhere the descent begins again from the upper bound, which never does.
    /// </summary>
    /// <exception cref="NumericalFailureException">
    /// The kernel matrix is not positive semidefinite, or singular where all points are drawn; or the descent ends without a solution.
    /// </exception>
    public void Solve(int drawn, double[] guess, double tolerance)
    {
        Occupy(drawn);
        Inverses = 0;
        Descend(guess, tolerance, MostFromGuess);
        if (!IsSolved) Descend(UpperBound(drawn), tolerance, MostInverses);
        if (IsSolved) return;
        throw new NumericalFailureException(
            "Cannot predict a learning curve", $"the effective ridges of {drawn} of {_groups.Points} points are solved to {Residual:G2} only, after {Inverses} inverses",
            $"{GoodEnough:G1} is needed", "Raise the ridge: rounding decides at this one");
    }

    /// <summary>D = sqrt(rho/(1+rho)) of each point: H = I - D C D.</summary>
    public double[] Damping() =>
        [.. Occupations.Select(occupation => Math.Sqrt(Math.Max(occupation.Spread, LeastSpread) / (1 + Math.Max(occupation.Spread, LeastSpread))))];

    /// <summary>Replaces R by D C D, C_gh = R_gh^2/(d_g d_h).</summary>
    public void Correlate(double[] damping) => ShiftedKernel.SquareCorrelations(Inverse, [.. damping.Zip(Diagonal, (own, d) => d / own)], _workers);

    public void Dispose() => Inverse.Dispose();

    private double Floor(int group) => Ridge / _groups.Sizes[group];

    private void Occupy(int drawn)
    {
        Dictionary<int, double[]> bySize = [];
        foreach (int size in _groups.Sizes.Distinct()) bySize[size] = Occupation.Probabilities(_groups.Points, size, drawn);
        _probabilities = [.. _groups.Sizes.Select(size => bySize[size])];
    }

    private void Descend(double[] start, double tolerance, int mostInverses)
    {
        W = start;
        double best = double.PositiveInfinity;
        for (int stalled = 0; ;)
        {
            Invert();
            double floor = RoundingFloor();
            Residual = LargestLogResidual();
            if (Residual <= Math.Max(tolerance, floor) || Inverses >= (IsSolved ? MostInverses : mostInverses)) return;
            // Rounding ends the descent where the floor was estimated too low: stop at the second step without progress.
            stalled = Residual < best ? 0 : stalled + 1;
            best = Math.Min(best, Residual);
            if (stalled >= 2 && IsSolved) return;
            Step();
        }
    }

    private void Invert()
    {
        ShiftedKernel.Write(_kernel, 1 / _facts.MeanDiagonal, 0, [.. W.Select((_, g) => Omega(g))], Inverse, _workers);
        Inverses++;
        if (_algebra.Cholesky(Inverse.View) >= 0)
        {
            throw new NumericalFailureException(
                "Cannot predict a learning curve", "the kernel matrix plus the ridge has no Cholesky factor",
                "the kernel matrix must be positive semidefinite", "Check that it is a kernel of one set of points, or raise the ridge");
        }

        _algebra.InvertFromCholesky(Inverse.View);
        for (int g = 0; g < Diagonal.Length; g++)
        {
            Diagonal[g] = Inverse[g, g];
            Cavity[g] = Math.Max(1 / Diagonal[g] - Omega(g), 0);
            Occupations[g] = Occupation.Of(_probabilities[g], Cavity[g], Ridge);
        }

        _inverted();
    }

    /// <summary>What rounding leaves of the residual: 10 epsilon ||A||_1 / min omega.</summary>
    private double RoundingFloor()
    {
        double smallest = double.PositiveInfinity;
        for (int g = 0; g < W.Length; g++) smallest = Math.Min(smallest, Omega(g));
        return 10 * MachineEpsilon * (_facts.Norm / _facts.MeanDiagonal) / smallest;
    }

    private double LargestLogResidual()
    {
        double largest = 0;
        for (int g = 0; g < W.Length; g++)
        {
            double unseen = Occupations[g].Unseen;
            if (unseen > 0) largest = Math.Max(largest, Math.Abs(Math.Log(W[g] * Diagonal[g] / unseen)));
        }

        return largest;
    }

    private void Step()
    {
        double[] damping = Damping();
        Correlate(damping);
        using var step = new KernelMatrix<double>(W.Length, 1);
        for (int g = 0; g < W.Length; g++)
        {
            Occupation occupation = Occupations[g];
            step[g, 0] = (occupation.Unseen - W[g] * Diagonal[g]) / (occupation.Response * (1 + occupation.Spread));
        }

        // Products with C cost a hundredth of an inverse: accurate enough to keep Newton quadratic.
        double tolerance = Math.Clamp(0.1 * Residual, 1e-8, 1e-3);
        bool newton = new PropagationSystem(Inverse, damping, _algebra).SolveLeft(step.View, tolerance) == PropagationOutcome.Solved;
        double[] next = new double[W.Length];
        for (int g = 0; g < next.Length; g++)
        {
            next[g] = newton ? Math.Max(W[g] + step[g, 0] / Diagonal[g], 0.1 * W[g]) : Occupations[g].Unseen / Diagonal[g];
        }

        W = next;
    }
}
