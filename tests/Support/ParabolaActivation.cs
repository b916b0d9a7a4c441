using InfiniteNtk.Kernels.Duals;

namespace InfiniteNtk.Tests.Support;

/// <summary>φ(x) = ½ + x + ¼x², whose Hermite expansion ends: an activation whose dual is a series, known exactly.</summary>
internal sealed record ParabolaActivation : Activation
{
    public override double Value(double x) => 0.5 + x + 0.25 * x * x;

    public override double Derivative(double x) => 1 + 0.5 * x;

    internal override TResult Open<TResult>(IDualUser<TResult> user) => user.Use(new ParabolaSeries());

    private sealed class ParabolaSeries : SeriesDual
    {
        public override int Count => 3;

        public override double Coefficients(double q, Span<double> value, Span<double> derivative)
        {
            double root = Math.Sqrt(q);
            (value[0], value[1], value[2]) = (0.5 + 0.25 * q, root, 0.25 * Math.Sqrt(2) * q);
            (derivative[0], derivative[1], derivative[2]) = (1, 0.5 * root, 0);
            return 0;
        }
    }
}
