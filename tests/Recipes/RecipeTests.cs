using InfiniteNtk;
using Xunit;
using static InfiniteNtk.Layers;

namespace Recipes;

/// <summary>The recipes of docs/recipes.md, compiled as a user's program and run.</summary>
public class RecipeTests
{
    private static readonly string Diabetes = Path.Combine(AppContext.BaseDirectory, "samples", "diabetes.csv");
    private static readonly string Digits = Path.Combine(AppContext.BaseDirectory, "samples", "digits.npz");

    [Fact]
    public void Own_arrays()
    {
        // recipe: own arrays
        double[][] rows = [[0.2, 1.0], [0.4, -0.5], [-1.0, 0.3]];
        using var x = Samples.FromRows(rows);
        var net = Dense(Sqrt2, 0.1) >> Relu >> Dense();
        using var k = net.Kernels(x);
        double covariance = k.Nngp[0, 1], tangent = k.Ntk[0, 1];
        double[,] all = k.Ntk.ToArray();
        // end

        Assert.Equal(3, all.GetLength(0));
        Assert.Equal(all[0, 1], tangent);
        Assert.True(k.Ntk[0, 0] > k.Nngp[0, 0]);
        Assert.Equal(k.Nngp.ToArray()[0, 1], covariance);
    }

    [Fact]
    public void Split()
    {
        string file = Diabetes;

        // recipe: split
        using var data = DatasetReader.Read(file);
        var (train, test) = data.Split(0.8, seed: 1);
        var scaling = Preprocessing.PerFeature.Fit(train.Samples);           // by the training points alone
        using var x = scaling.Apply(train.Samples);
        using var xTest = scaling.Apply(test.Samples);
        using var fit = Ridge.Fit(Dense(Sqrt2, 0.1) >> Relu >> Dense(), x, train.Targets, Ridge.Relative(0.1));
        using var predicted = fit.Predict(xTest);                            // in the units of the target
        // end

        double error = 0, power = 0;
        for (int i = 0; i < predicted.Rows; i++)
        {
            double target = test.Targets.Values[i, 0] + test.Targets.Means[0];
            error += Math.Pow(predicted[i, 0] - target, 2);
            power += Math.Pow(train.Targets.Means[0] - target, 2);
        }

        train.Dispose();
        test.Dispose();
        Assert.InRange(error / power, 0.3, 0.75);
    }

    [Fact]
    public void Ridge_by_generalised_cross_validation()
    {
        using var data = DatasetReader.Read(Diabetes);
        using var x = Preprocessing.PerFeature.Fit(data.Samples).Apply(data.Samples);
        var net = Dense(Sqrt2, 0.1) >> Relu >> Dense();

        // recipe: ridge by GCV
        using var k = net.Kernels(x);
        var path = RidgePath.Of(k.Ntk, data.Targets, [.. Enumerable.Range(-6, 9).Select(e => Ridge.Relative(Math.Pow(10, e)))]);
        var best = path.MinBy(point => point.Gcv)!;
        using var fit = Ridge.Fit(k.Ntk, data.Targets, Ridge.Absolute(best.Ridge));
        // end

        Assert.True(best.Gcv < path[0].Gcv && best.Gcv < path[^1].Gcv);
        Assert.InRange(best.LeaveOneOut / best.Gcv, 0.8, 1.25);
    }

    [Fact]
    public void Posterior_with_error_bars()
    {
        // recipe: posterior
        using var x = Samples.FromRows(new double[,] { { -1.5 }, { -0.5 }, { 0.7 } });
        using var y = Targets.FromNumbers([101, 102, 103]);
        using var process = GaussianProcess.Fit(Dense(2, 1) >> Erf() >> Dense(), x, y, Ridge.Absolute(1e-4));
        using var ask = Samples.FromRows(new double[,] { { 0.7 }, { 3.0 } });
        using var posterior = process.Predict(ask);
        string text = $"{posterior.Mean[1, 0]:F2} ± {Math.Sqrt(posterior.Variance(1)):F2}";
        // end

        Assert.Equal(103, posterior.Mean[0, 0], 0.1);
        Assert.True(posterior.Variance(1) > 10 * posterior.Variance(0));
        Assert.Contains("±", text);
    }

    [Fact]
    public void Three_networks_compared()
    {
        using var all = DatasetReader.Read(Digits);
        using var digits = all.Take([.. Enumerable.Range(0, 200)]);

        // recipe: three networks
        Network[] networks =
        [
            Flatten >> Dense(),
            Flatten >> Dense(Sqrt2) >> Relu >> Dense(),
            Flatten >> Dense(1.5, 0.1) >> Erf() >> Dense(1.5, 0.1) >> Erf() >> Dense(),
        ];
        using var x = Preprocessing.Global.Fit(digits.Samples).Apply(digits.Samples);
        var comparison = new KernelComparison(digits.Targets, new ComparisonOptions { Sizes = [50, 100] });
        foreach (var net in networks)
        {
            using var k = net.Kernels(x);
            comparison.Add($"{net}", "ntk", k.Ntk);
        }

        var rows = comparison.Result().Rows.OrderBy(row => row.Points[^1].Predicted);
        // end

        Assert.Equal(networks[0].ToString(), rows.Last().Name);
        Assert.All(rows, row => Assert.InRange(row.Points[^1].Predicted / row.Points[^1].Measured, 0.8, 1.25));
    }

    [Fact]
    public void Custom_activation()
    {
        // recipe: custom activation
        var bump = new CustomActivation("bump", z => z * Math.Exp(-z * z / 2));
        var net = Dense() >> Apply(bump) >> Dense();
        var same = Dense() >> Elementwise("x*exp(-x^2/2)") >> Dense();       // as text: printed, saved, parsed
        // end

        using var x = Samples.FromRows(new double[,] { { 1, 0.5 }, { -0.3, 2 } });
        using var mine = net.Kernels(x);
        using var text = same.Kernels(x);
        Assert.Equal(text.Ntk[0, 1], mine.Ntk[0, 1], 1e-9);
        Assert.Equal(same, Network.Parse(same.ToString()));
    }

    [Fact]
    public void Residual_convolutional_network()
    {
        using var all = DatasetReader.Read(Digits);
        using var few = all.Samples.Take([.. Enumerable.Range(0, 20)]);

        // recipe: residual CNN
        var block = Identity + (Relu >> Conv(3, 3, padding: Same) >> Relu >> Conv(3, 3, padding: Same));
        var net = Conv(3, 3, padding: Same) >> Repeat(2, block) >> GlobalAveragePool >> Dense();
        string why = net.Explain(few.Shape).ToString();                      // one row per layer
        using var k = net.Kernels(few);
        // end

        Assert.Contains("Conv", why);
        Assert.Equal(20, k.Ntk.Rows);
        Assert.Equal(net, Network.FromJson(net.ToJson()));
    }

    [Fact]
    public void Finite_network_against_its_kernel()
    {
        // recipe: finite network
        var net = Dense(Sqrt2, 0.1) >> Relu >> Dense();
        using var x = Samples.FromRows(new double[,] { { 1, 0.5 }, { -0.3, 2 }, { 0.8, -0.4 } });
        var report = KernelVerification.Run(
            net, x, widened => widened.Kernels(x), new VerificationOptions { Widths = [64, 128, 256, 512], MostDraws = 10_000 });
        // end

        Assert.Equal(Verdict.Consistent, report.Verdict);
    }

    [Fact]
    public void Finite_training_time()
    {
        using var x = Samples.FromRows(new double[,] { { 1, 0.5 }, { -0.3, 2 }, { 0.8, -0.4 } });
        using var y = Targets.FromNumbers([1, 2, 4]);
        using var xTest = Samples.FromRows(new double[,] { { 0.2, 0.2 } });

        // recipe: finite time
        using var ensemble = TrainedEnsemble.Fit(Dense(Sqrt2, 0.1) >> Relu >> Dense(), x, y);
        foreach (double time in (double[])[0, 1, 10, double.PositiveInfinity])
        {
            using var outputs = ensemble.Predict(xTest, time);               // mean and variance over initialisations
            Console.WriteLine($"t = {time}: {outputs.Mean[0, 0]:F3} ± {Math.Sqrt(outputs.Variance(0)):F3}");
        }

        // end

        using var start = ensemble.Predict(xTest, 0);
        using var end = ensemble.Predict(x);
        Assert.Equal(y.Means[0], start.Mean[0, 0], 1e-12);
        Assert.Equal(4, end.Mean[2, 0], 1e-6);
    }

    [Fact]
    public void Learning_curve()
    {
        using var all = DatasetReader.Read(Digits);
        using var digits = all.Take([.. Enumerable.Range(0, 200)]);
        using var x = Preprocessing.Global.Fit(digits.Samples).Apply(digits.Samples);

        // recipe: learning curve
        using var k = (Flatten >> Dense(Sqrt2) >> Relu >> Dense()).Kernels(x, outputs: KernelOutputs.Ntk);
        using var theory = new PointResolvedCurve(k.Ntk, digits.Targets, ridge: 1e-3, LinearAlgebraBackends.Default);
        var experiment = new MeasuredCurve(k.Ntk, digits.Targets, ridge: 1e-3, LinearAlgebraBackends.Default);
        double predicted = theory.At(100).Unseen.Mean, measured = experiment.At(100).Unseen.Mean;
        // end

        Assert.InRange(predicted / measured, 0.85, 1.15);
    }

    [Fact]
    public void Words_live_beside_those_of_mathematics() => Assert.Equal("Dense() >> Sin() >> Dense()", MathWords.Network.ToString());
}
