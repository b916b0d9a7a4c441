namespace InfiniteNtk.Regression.Predictors;

/// <summary>
/// The explicit Runge–Kutta pair of orders 5 and 4 with steps chosen by their difference.
/// </summary>
/// <remarks>J. R. Dormand, P. J. Prince, "A family of embedded Runge-Kutta formulae", J. Comput. Appl. Math. 6 (1980), RK5(4)7M.</remarks>
/// <param name="slope">Writes dx/dt of x into its second argument; time does not enter.</param>
/// <param name="tolerance">Largest error of a step relative to the size of each number, plus the same absolutely.</param>
internal sealed class DormandPrince(Action<double[], double[]> slope, double tolerance)
{
    private const int Stages = 7;
    private const int MostSteps = 1_000_000;

    private static readonly double[][] _weights =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ];

    /// <summary>Weights of order 5 less those of order 4.</summary>
    private static readonly double[] _error =
        [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private double _step = double.NaN;

    /// <summary>Moves x on by a duration. The last slope of a step is the first of the next.</summary>
    /// <param name="x">The state.</param>
    /// <param name="duration">How long.</param>
    /// <param name="passed">Told how much of it has passed, after each step.</param>
    /// <exception cref="NumericalFailureException">The solution leaves the floating-point range, or needs too many steps.</exception>
    public void Advance(double[] x, double duration, Action<double> passed)
    {
        if (duration == 0) return;
        double[][] slopes = [.. Enumerable.Range(0, Stages).Select(_ => new double[x.Length])];
        var next = new double[x.Length];
        slope(x, slopes[0]);
        if (double.IsNaN(_step)) _step = FirstStep(x, slopes[0], duration);
        double left = duration;
        for (int count = 0; left > 0; count++)
        {
            double step = Math.Min(_step, left);
            for (int stage = 1; stage < Stages; stage++)
            {
                Combine(x, slopes, _weights[stage], step, next);
                slope(next, slopes[stage]);
            }

            double error = Error(x, next, slopes, step);
            if (!double.IsFinite(error) && step < 1e-12 * duration || count == MostSteps) throw Failure(count, left);
            double factor = double.IsFinite(error) ? Math.Clamp(0.9 * Math.Pow(Math.Max(error, 1e-12), -0.2), 0.2, 5) : 0.1;
            if (error <= 1)
            {
                next.CopyTo(x, 0);
                (slopes[0], slopes[^1]) = (slopes[^1], slopes[0]);
                left = step >= left ? 0 : left - step;
                passed(duration - left);
                if (left == 0 && step < _step) return;
            }

            _step = step * factor;
        }
    }

    private double FirstStep(double[] x, double[] rate, double duration)
    {
        double size = 0, speed = 0;
        for (int k = 0; k < x.Length; k++)
        {
            size = Math.Max(size, Math.Abs(x[k]));
            speed = Math.Max(speed, Math.Abs(rate[k]));
        }

        return speed > 0 ? Math.Min(duration, 0.01 * (size + tolerance) / speed + 1e-6 * duration) : duration;
    }

    private static void Combine(double[] x, double[][] slopes, double[] weights, double step, double[] target)
    {
        for (int k = 0; k < x.Length; k++)
        {
            double sum = 0;
            for (int stage = 0; stage < weights.Length; stage++) sum += weights[stage] * slopes[stage][k];
            target[k] = x[k] + step * sum;
        }
    }

    private double Error(double[] x, double[] next, double[][] slopes, double step)
    {
        double largest = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double sum = 0;
            for (int stage = 0; stage < Stages; stage++) sum += _error[stage] * slopes[stage][k];
            double share = Math.Abs(step * sum) / (tolerance * (1 + Math.Max(Math.Abs(x[k]), Math.Abs(next[k]))));
            // Max keeps a NaN, whichever numbers come after it.
            largest = Math.Max(largest, double.IsFinite(next[k]) ? share : double.NaN);
        }

        return largest;
    }

    private static NumericalFailureException Failure(int steps, double left) => new(
        "Cannot integrate the training", $"after {steps} steps a time of {left} is left", "the solution must stay finite",
        "Check kernel and start for huge values, or ask for a shorter time");
}
