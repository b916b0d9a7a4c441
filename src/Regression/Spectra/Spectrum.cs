namespace InfiniteNtk;

/// <summary>
/// The Mercer spectrum of a kernel with the target's power on it, in levels of equal eigenvalue:
/// K(x,x') = sum_k lambda_k sum_{i in level k} phi_i(x) phi_i(x'), target f = sum_i v_i phi_i, power of a level
/// v_k^2 = sum_{i in level k} v_i^2 (several outputs: summed over them).
/// </summary>
/// <remarks>Multiplicities are real numbers, because those of spheres and cubes soon exceed every integer type.</remarks>
public sealed class Spectrum
{
    private readonly double[] _eigenvalues;
    private readonly double[] _multiplicities;
    private readonly double[] _targetPower;
    private int[]? _descending;

    /// <summary>A spectrum of explicit levels, in any order.</summary>
    /// <param name="eigenvalues">lambda_k, at least 0.</param>
    /// <param name="targetPower">v_k^2 per level, at least 0.</param>
    /// <param name="multiplicities">N_k, above 0; empty: 1 each.</param>
    /// <param name="tailTrace">
    /// T = sum of the eigenvalues beyond these levels. They act as extra ridge where they are far below kappa
    /// (error of order sum lambda^2/kappa^2).
    /// </param>
    /// <exception cref="InvalidArgumentException">No level, different lengths, or a number outside its domain.</exception>
    public Spectrum(
        ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> targetPower, ReadOnlySpan<double> multiplicities = default, double tailTrace = 0)
    {
        _eigenvalues = eigenvalues.ToArray();
        _targetPower = targetPower.ToArray();
        _multiplicities = multiplicities.ToArray();
        if (multiplicities.IsEmpty)
        {
            _multiplicities = new double[eigenvalues.Length];
            Array.Fill(_multiplicities, 1);
        }

        TailTrace = tailTrace;
        Verify();
        for (int k = 0; k < _eigenvalues.Length; k++)
        {
            Count += _multiplicities[k];
            Trace += _multiplicities[k] * _eigenvalues[k];
            TotalPower += _targetPower[k];
            if (_eigenvalues[k] > 0) Rank += _multiplicities[k];
        }
    }

    /// <summary>lambda_k, in the order given.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <summary>N_k.</summary>
    public ReadOnlySpan<double> Multiplicities => _multiplicities;

    /// <summary>v_k^2, summed over the level and over outputs.</summary>
    public ReadOnlySpan<double> TargetPower => _targetPower;

    /// <summary>Number of levels.</summary>
    public int Levels => _eigenvalues.Length;

    /// <summary>The trace of what lies beyond the levels.</summary>
    public double TailTrace { get; }

    /// <summary>Number of modes, sum N_k, zero eigenvalues included.</summary>
    public double Count { get; }

    /// <summary>Number of modes with a positive eigenvalue.</summary>
    public double Rank { get; }

    /// <summary>sum N_k lambda_k, without the tail.</summary>
    public double Trace { get; }

    /// <summary>sum v_k^2.</summary>
    public double TotalPower { get; }

    /// <summary>Level indices by falling eigenvalue.</summary>
    internal ReadOnlySpan<int> Descending
    {
        get
        {
            if (_descending is null)
            {
                int[] order = [.. Enumerable.Range(0, Levels)];
                double[] keys = Array.ConvertAll(_eigenvalues, value => -value);
                Array.Sort(keys, order);
                _descending = order;
            }

            return _descending;
        }
    }

    /// <summary>lambda_i = i^-exponent with v_i^2 = scale i^-targetExponent, i = 1 ... count.</summary>
    public static Spectrum PowerLaw(double exponent, double targetExponent, int count, double targetScale = 1, double tailTrace = 0) =>
        FromLaw(count, i => Math.Pow(i, -exponent), i => targetScale * Math.Pow(i, -targetExponent), tailTrace);

    /// <summary>lambda_i = e^(-rate (i-1)) with v_i^2 = scale e^(-targetRate (i-1)), i = 1 ... count.</summary>
    public static Spectrum Exponential(double rate, double targetRate, int count, double targetScale = 1, double tailTrace = 0) =>
        FromLaw(count, i => Math.Exp(-rate * (i - 1)), i => targetScale * Math.Exp(-targetRate * (i - 1)), tailTrace);

    /// <summary>The same levels with the target scaled so that sum v^2 = <paramref name="total"/>.</summary>
    /// <exception cref="InvalidArgumentException">There is no target power to scale.</exception>
    public Spectrum WithTotalPower(double total)
    {
        if (!(TotalPower > 0))
        {
            throw new InvalidArgumentException(
                "Cannot scale the target", "its power is 0", "some level must carry power", "Give the target a coefficient above 0");
        }

        double factor = total / TotalPower;
        return new Spectrum(_eigenvalues, Array.ConvertAll(_targetPower, power => power * factor), _multiplicities, TailTrace);
    }

    /// <summary>The same modes and target with every eigenvalue raised by <paramref name="shift"/>.</summary>
    internal Spectrum Shifted(double shift) =>
        new(Array.ConvertAll(_eigenvalues, value => value + shift), _targetPower, _multiplicities, TailTrace);

    private static Spectrum FromLaw(int count, Func<int, double> eigenvalue, Func<int, double> power, double tailTrace)
    {
        double[] eigenvalues = new double[Math.Max(count, 0)];
        double[] powers = new double[eigenvalues.Length];
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            eigenvalues[i] = eigenvalue(i + 1);
            powers[i] = power(i + 1);
        }

        return new Spectrum(eigenvalues, powers, default, tailTrace);
    }

    private void Verify()
    {
        if (_eigenvalues.Length == 0 || _targetPower.Length != _eigenvalues.Length || _multiplicities.Length != _eigenvalues.Length)
        {
            throw Invalid(
                $"{_eigenvalues.Length} eigenvalues, {_targetPower.Length} target powers and {_multiplicities.Length} multiplicities were given",
                "there must be at least one level and as many of each");
        }

        for (int k = 0; k < _eigenvalues.Length; k++)
        {
            if (!(_eigenvalues[k] >= 0 && double.IsFinite(_eigenvalues[k]))) throw Invalid($"eigenvalue {k} is {_eigenvalues[k]}", "eigenvalues are finite and at least 0");
            if (!(_targetPower[k] >= 0 && double.IsFinite(_targetPower[k]))) throw Invalid($"target power {k} is {_targetPower[k]}", "powers are finite and at least 0");
            if (!(_multiplicities[k] > 0 && double.IsFinite(_multiplicities[k]))) throw Invalid($"multiplicity {k} is {_multiplicities[k]}", "multiplicities are finite and above 0");
        }

        if (!(TailTrace >= 0 && double.IsFinite(TailTrace))) throw Invalid($"the tail trace is {TailTrace}", "it must be finite and at least 0");
    }

    private static InvalidArgumentException Invalid(string received, string required) =>
        new("Cannot make a spectrum", received, required, "Clip rounding noise below 0 to 0 and check how the levels were made");
}
