namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// Second moments Gamma_g = E|Y_g - h_g|^2 of the residual at each distinct point while none of its copies is drawn, and of pairs of outputs:
/// x = d Gamma solves (1+rho) x = d |g|^2 + C rho x + (C - I) d nu S, S the scatter of a group's targets, nu <see cref="Occupation.Noise"/>.
/// </summary>
/// <param name="field">Solved; its inverse has become D C D.</param>
/// <param name="damping">D.</param>
/// <param name="residuals">Mean residuals g of the distinct points, G x O.</param>
/// <param name="targets">Their targets.</param>
/// <param name="groups">The copies.</param>
/// <param name="pi">n/M.</param>
/// <param name="algebra">The backend.</param>
internal sealed class VariancePropagation(
    ResamplingField field, double[] damping, KernelMatrix<double> residuals, GroupTargets targets, CopyGroups groups, double pi, ILinearAlgebra algebra)
{
    /// <summary>Pairs of outputs solved at once.</summary>
    private const int Block = 64;

    private const double ErrorTolerance = 1e-13;

    /// <summary>Class probabilities need no more.</summary>
    private const double CovarianceTolerance = 1e-8;

    private readonly PropagationSystem _system = new(field.Inverse, damping, algebra);
    private readonly double[] _diagonal = field.Diagonal;
    private readonly Occupation[] _occupations = field.Occupations;

    /// <summary>Gamma_g, summed over outputs.</summary>
    public double[] SecondMoment { get; } = new double[groups.Count];

    /// <summary>About dw_g/dpi.</summary>
    public double[] Tangent { get; } = new double[groups.Count];

    /// <summary>Rayleigh quotient for the spectral radius of the variance equation, from the tangent, an inverse iteration on its top vector.</summary>
    public double Radius { get; private set; }

    /// <summary>Gamma of outputs k, l of point g at [g * Pairs + pair]; empty before <see cref="SolveCovariances"/>.</summary>
    public double[] PairMoments { get; private set; } = [];

    /// <summary>Fills errors, tangent and radius. False where H is not positive definite: errors are infinite then.</summary>
    /// <exception cref="NumericalFailureException">The iteration does not end.</exception>
    public bool SolveErrors()
    {
        using var moments = new KernelMatrix<double>(_diagonal.Length, 1);
        for (int g = 0; g < _diagonal.Length; g++)
        {
            double square = 0;
            foreach (double value in residuals.View.Row(g)) square += value * value;
            moments[g, 0] = _diagonal[g] * square;
        }

        AddScatter(moments.View, (g, _) => targets.TotalScatter(g));
        bool finite = Finished(_system.SolveRight(moments.View, ErrorTolerance)) == PropagationOutcome.Solved;
        for (int g = 0; g < _diagonal.Length; g++)
        {
            SecondMoment[g] = finite ? moments[g, 0] / ((1 + _occupations[g].Spread) * _diagonal[g]) : double.PositiveInfinity;
        }

        if (finite) SolveTangent();
        else Radius = 1;
        return finite;
    }

    /// <summary>Fills <see cref="PairMoments"/>, of a system whose errors are finite.</summary>
    /// <exception cref="NumericalFailureException">The iteration does not end, or finds no positive definite matrix.</exception>
    public void SolveCovariances()
    {
        int outputs = targets.Outputs, all = targets.Pairs;
        PairMoments = new double[(long)_diagonal.Length * all];
        (int K, int L)[] pairs = [.. Enumerable.Range(0, outputs).SelectMany(k => Enumerable.Range(k, outputs - k).Select(l => (k, l)))];
        for (int first = 0; first < all; first += Block)
        {
            int from = first, width = Math.Min(Block, all - first);
            using var columns = new KernelMatrix<double>(_diagonal.Length, width);
            for (int g = 0; g < _diagonal.Length; g++)
            {
                ReadOnlySpan<double> residual = residuals.View.Row(g);
                for (int c = 0; c < width; c++) columns[g, c] = _diagonal[g] * residual[pairs[first + c].K] * residual[pairs[first + c].L];
            }

            AddScatter(columns.View, (g, c) => targets.Scatter[g * all + from + c]);
            if (Finished(_system.SolveRight(columns.View, CovarianceTolerance)) != PropagationOutcome.Solved) throw Failure("rounding makes their system indefinite");
            for (int g = 0; g < _diagonal.Length; g++)
            {
                double scale = (1 + _occupations[g].Spread) * _diagonal[g];
                for (int c = 0; c < width; c++) PairMoments[(long)g * all + first + c] = columns[g, c] / scale;
            }
        }
    }

    /// <summary>Var of a group's coefficient in units of d^2: rho Gamma + nu S.</summary>
    public double CoefficientVariance(int group) => _occupations[group].Spread * SecondMoment[group] + _occupations[group].Noise * targets.TotalScatter(group);

    /// <summary>The same of a pair of outputs.</summary>
    public double CoefficientCovariance(int group, int pair)
    {
        double scatter = targets.Scatter.Length == 0 ? 0 : targets.Scatter[group * targets.Pairs + pair];
        return _occupations[group].Spread * PairMoments[(long)group * targets.Pairs + pair] + _occupations[group].Noise * scatter;
    }

    /// <summary>Adds (C - I) d nu S: targets of copies that differ make coefficients vary.</summary>
    private void AddScatter(MatrixView<double> columns, Func<int, int, double> scatter)
    {
        if (targets.Scatter.Length == 0) return;
        using var noise = new KernelMatrix<double>(columns.Rows, columns.Columns);
        for (int g = 0; g < columns.Rows; g++)
        {
            for (int c = 0; c < columns.Columns; c++) noise[g, c] = _diagonal[g] * _occupations[g].Noise * scatter(g, c);
        }

        _system.SpreadToOthers(noise.View);
        for (int g = 0; g < columns.Rows; g++)
        {
            for (int c = 0; c < columns.Columns; c++) columns[g, c] += noise[g, c];
        }
    }

    /// <summary>y - t C y = U'/((1-U)(1+rho)), y = d dw/dpi, U' that of no copy drawn, -m (1-pi)^(m-1).</summary>
    private void SolveTangent()
    {
        using var tangent = new KernelMatrix<double>(_diagonal.Length, 1);
        double[] slope = [.. groups.Sizes.Select((m, g) => -m * Math.Pow(1 - pi, m - 1) / _occupations[g].Response)];
        for (int g = 0; g < slope.Length; g++) tangent[g, 0] = slope[g] / (1 + _occupations[g].Spread);
        bool solved = _system.SolveLeft(tangent.View, ErrorTolerance) == PropagationOutcome.Solved;
        double product = 0, squares = 0;
        for (int g = 0; g < slope.Length; g++)
        {
            double y = solved ? tangent[g, 0] : 0, spread = Math.Max(_occupations[g].Spread, double.Epsilon);
            Tangent[g] = y / _diagonal[g];
            product += y * slope[g] / spread;
            squares += y * y / spread;
        }

        // The quotient of rho^(1/2) (C - I) rho^(1/2) at y/rho^(1/2), with C y from the equation.
        Radius = !solved ? 1 : pi < 1 && squares > 0 && double.IsFinite(squares) ? 1 - product / squares : 0;
    }

    private static PropagationOutcome Finished(PropagationOutcome outcome) =>
        outcome != PropagationOutcome.Unfinished ? outcome : throw Failure("conjugate gradients do not reach their tolerance");

    private static NumericalFailureException Failure(string received) =>
        new("Cannot predict the variance over training sets", received, "the system must be positive definite, far enough from the double-descent peak", "Raise the ridge");
}
