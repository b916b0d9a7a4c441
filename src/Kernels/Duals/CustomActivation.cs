namespace InfiniteNtk.Kernels.Duals;

/// <summary>
/// An activation given in code by its two functions. It prints its name, which nothing can read back: it is not in the
/// <see cref="ActivationCatalog"/>, so text and JSON refuse it.
/// </summary>
/// <param name="Name">How it is printed.</param>
/// <param name="Function">φ; equality is that of the delegates.</param>
/// <param name="Slope">φ′; at a kink the mean of both sides.</param>
/// <param name="Kinks">Where φ or φ′ is not smooth. With kinks each pair is integrated, without the dual is a Hermite series.</param>
public sealed record CustomActivation(
    string Name, Func<double, double> Function, Func<double, double> Slope, ValueList<double> Kinks) : Activation
{
    /// <summary>A smooth activation.</summary>
    public CustomActivation(string name, Func<double, double> value, Func<double, double> derivative)
        : this(name, value, derivative, [])
    {
    }

    /// <inheritdoc/>
    public override double Value(double x) => Function(x);

    /// <inheritdoc/>
    public override double Derivative(double x) => Slope(x);

    /// <inheritdoc/>
    public override TResult Open<TResult>(IDualUser<TResult> user) => Kinks.Count == 0
        ? user.Use(new HermiteSeries(Name, Function, Slope))
        : user.Use(new KinkedQuadrature(Name, Function, Slope, Kinks));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
