using System.Globalization;
using System.Text.Json;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>The numbers of the commands are those of the library, for the options that were given.</summary>
public sealed class NumbersTests : IDisposable
{
    private const string Net = "Dense(sqrt(2), 0.1) >> Relu >> Dense";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("1.5", "")]
    public void Compare_measures_and_predicts_what_the_library_does(string one, string other)
    {
        string data = Table("points.csv", 50, 1, one, other), test = Table("test.csv", 20, 2, one, other);
        Outcome done = Run("compare", data, "--net", Net, "--n", "8,20", "--seed", "5", "--subsets", "23", "--ridge", "1e-2rel", "--test", test, "--preprocess", "unit", "--json");
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
        using var json = JsonDocument.Parse(done.Out);

        using Dataset population = DatasetReader.Read(data), testSet = DatasetReader.ReadTest(test, population);
        FittedPreprocessing fitted = Preprocessing.Parse("unit").Fit(population.Samples);
        using Samples x = fitted.Apply(population.Samples), t = fitted.Apply(testSet.Samples);
        var options = new ComparisonOptions { Sizes = [8, 20], Seed = 5, Subsets = 23, Ridge = Ridge.Relative(1e-2) };
        var comparison = new KernelComparison(population.Targets, options, testTargets: testSet.Targets);
        Network network = NetworkText.Parse(Net);
        using KernelPair<double> kernels = network.Kernels(x), cross = network.Kernels(t, x);
        comparison.Add(network.ToString(), "nngp", kernels.Nngp, cross.Nngp);
        comparison.Add(network.ToString(), "ntk", kernels.Ntk, cross.Ntk);
        var baselines = new BaselineKernels(x);
        foreach (string name in BaselineKernels.Names)
        {
            using KernelMatrix<double> own = baselines.Of(name), ofTest = baselines.Of(name, t);
            comparison.Add(name, name, own, ofTest);
        }

        ComparisonResult expected = comparison.Result();
        JsonElement[] rows = [.. json.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(expected.Rows.Select(row => $"{row.Name} {row.Kernel}"), rows.Select(row => $"{row.GetProperty("name")} {row.GetProperty("kernel")}"));
        Assert.Equal((5, 23, "0.01rel"), (json.RootElement.GetProperty("seed").GetInt32(), json.RootElement.GetProperty("subsets").GetInt32(), expected.Ridge));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.True(rows[i].GetProperty("millisecondsPerEntry").GetDouble() > 0);
            for (int n = 0; n < 2; n++)
            {
                JsonElement point = rows[i].GetProperty("points")[n];
                CurvePoint own = expected.Rows[i].Points[n];
                Near(own.Measured, point.GetProperty("measured"));
                Near(own.Predicted, point.GetProperty("predicted"));
                Near(own.Test!.Measured, point.GetProperty("test").GetProperty("measured"));
                Near(own.Test.Predicted, point.GetProperty("test").GetProperty("predicted"));
            }
        }
    }

    [Theory]
    [InlineData("ntk")]
    [InlineData("nngp")]
    public void Predict_writes_the_posterior_that_the_library_computes(string kind)
    {
        string data = Table("points.csv", 30, 1, "1.5", ""), test = Table("test.csv", 6, 2, "1.5", "");
        Outcome done = Run("predict", data, "--net", Net, "--test", test, "--kind", kind, "--ridge", "1e-2rel", "--preprocess", "features", "--out", _folder["p.csv"]);
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));

        using Dataset population = DatasetReader.Read(data), testSet = DatasetReader.ReadTest(test, population);
        FittedPreprocessing fitted = Preprocessing.PerFeature.Fit(population.Samples);
        using Samples x = fitted.Apply(population.Samples), t = fitted.Apply(testSet.Samples);
        Network network = NetworkText.Parse(Net);
        using KernelPair<double> train = network.Kernels(x), cross = network.Kernels(t, x), among = network.Kernels(t);
        using GaussianProcess process = GaussianProcess.Fit(train.Nngp, population.Targets, Ridge.Relative(1e-2));
        using TrainedEnsemble ensemble = TrainedEnsemble.Fit(train, population.Targets, Ridge.Relative(1e-2));
        using Posterior posterior = kind == "nngp" ? process.Predict(cross.Nngp, among.Nngp) : ensemble.Predict(double.PositiveInfinity, cross.Nngp, cross.Ntk, among.Nngp);
        string[][] lines = [.. File.ReadAllLines(_folder["p.csv"]).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(6, lines.Length);
        double squares = 0, power = 0;
        for (int i = 0; i < 6; i++)
        {
            double mean = posterior.Mean[i, 0], deviation = Math.Sqrt(posterior.Variance(i));
            Assert.Equal($"{i}", lines[i][0]);
            Assert.Equal(mean, Number(lines[i][1]), 1e-8);
            Assert.Equal(deviation, Number(lines[i][2]), 1e-8);
            squares += Math.Pow(mean - population.Targets.Means[0] - testSet.Targets.Values[i, 0], 2);
            power += Math.Pow(testSet.Targets.Values[i, 0], 2);
        }

        Assert.Contains($"nMSE                  {Cli.Presentation.NumberText.Significant(squares / power, 4)}", done.Out, StringComparison.Ordinal);
        Assert.Contains($"RMSE                  {Cli.Presentation.NumberText.Significant(Math.Sqrt(squares / 6), 4)}", done.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_counts_the_classes_that_it_gets_right()
    {
        string data = Table("points.csv", 30, 1, "yes", "no"), test = Table("test.csv", 11, 2, "yes", "no");
        Outcome done = Run("predict", data, "--net", Net, "--test", test, "--ridge", "1e-2rel", "--out", _folder["p.csv"]);
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
        string[] predicted = [.. File.ReadAllLines(_folder["p.csv"]).Skip(1).Select(line => line.Split(',')[1])];
        string[] labels = [.. File.ReadAllLines(test).Skip(1).Select(line => line.Split(',')[3])];
        double share = predicted.Zip(labels).Count(pair => pair.First == pair.Second) / 11.0;
        Assert.InRange(share, 0.6, 1);
        Assert.Contains($"right                 {Cli.Presentation.NumberText.Percent(share, 2)}\n", done.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_with_kernels_gives_mean_variance_and_leave_one_out()
    {
        Array("k.npy", new[,] { { 2.0, 1.0 }, { 1.0, 3.0 } });
        Array("y.npy", new[,] { { 3.0 }, { -1.0 } });
        Array("kt.npy", new[,] { { 1.0, 0.5 } });
        Array("ktt.npy", new[,] { { 2.5 } });
        string[] words = ["predict", "--kernel", _folder["k.npy"], "--y", _folder["y.npy"], "--ridge", "0.5abs", "--out", _folder["p.npz"]];
        Assert.Equal(0, Run([.. words, "--test-kernel", _folder["kt.npy"], "--test-test", _folder["ktt.npy"]]).Code);

        // (K + 1/2)^-1 = [3.5, -1; -1, 2.5]/7.75.
        double a = (3.5 * 3 + 1) / 7.75, b = (-3 - 2.5) / 7.75;
        Assert.Equal(a + 0.5 * b, NpzFile.Open(_folder["p.npz"]).Read("mean").ToArray()[0], 1e-12);
        Assert.Equal(2.5 - (3.5 - 1 + 0.25 * 2.5) / 7.75, NpzFile.Open(_folder["p.npz"]).Read("variance").ToArray()[0], 1e-12);

        Outcome left = Run(words);
        double[] mean = NpzFile.Open(_folder["p.npz"]).Read("mean").ToArray();
        Assert.Equal([3 - a * 7.75 / 3.5, -1 - b * 7.75 / 2.5], mean, (x, y) => Math.Abs(x - y) < 1e-12);
        double nmse = (Math.Pow(a * 7.75 / 3.5, 2) + Math.Pow(b * 7.75 / 2.5, 2)) / 10;
        Assert.Contains(Cli.Presentation.NumberText.Significant(nmse, 6), left.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_draws_different_points_for_different_seeds_and_predicts_the_others()
    {
        string data = Table("points.csv", 30, 1, "yes", "no");
        int[] Rows(string seed)
        {
            Assert.Equal(0, Run("predict", data, "--net", Net, "--train", "20", "--seed", seed, "--ridge", "1e-3rel", "--out", _folder["p.csv"]).Code);
            return [.. File.ReadAllLines(_folder["p.csv"]).Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
        }

        int[] first = Rows("1"), second = Rows("2");
        Assert.Equal(10, first.Distinct().Count());
        Assert.Equal(first.Order(), first);
        Assert.NotEqual(first, second);
        Assert.Equal(first, Rows("1"));
    }

    [Fact]
    public void Kernel_writes_what_was_asked_of_which_samples()
    {
        Array("a.npy", new[,] { { 1.0, 2.0 }, { 3.0, -1.0 }, { 0.5, 0.25 } });
        using (var a = KernelMatrix<double>.From(new[,] { { 1.0, 2.0 }, { 3.0, -1.0 }, { 0.5, 0.25 } }))
        {
            NpzFile.Write(OutputFile.Prepare(_folder["a.npz"]), [("x", NpyContent.From(a))]);
        }

        string[] words = ["kernel", "--net", Net, "--out", _folder["k.npz"]];
        Assert.Equal(0, Run([.. words, "--x1", _folder["a.npy"]]).Code);
        double[] nngp = NpzFile.Open(_folder["k.npz"]).Read("nngp").ToArray(), ntk = NpzFile.Open(_folder["k.npz"]).Read("ntk").ToArray();
        Outcome one = Run([.. words, _folder["a.npz"], "--get", "ntk", "--dtype", "f32"]);
        Assert.Equal(["ntk"], NpzFile.Open(_folder["k.npz"]).Names);
        Assert.Equal(ntk, NpzFile.Open(_folder["k.npz"]).Read("ntk").ToArray(), (x, y) => Math.Abs(x - y) < 1e-5);
        Assert.Contains("ntk, 3 × 3, float32", one.Out, StringComparison.Ordinal);
        Assert.Contains("6 entries", one.Out, StringComparison.Ordinal);
        Assert.Equal(0, Run([.. words, "--x1", _folder["a.npy"], "--get", "nngp"]).Code);
        Assert.Equal(nngp, NpzFile.Open(_folder["k.npz"]).Read("nngp").ToArray());
    }

    private static void Near(double expected, JsonElement actual) => Assert.Equal(1, actual.GetDouble() / expected, 1e-7);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private void Array(string name, double[,] values)
    {
        using var matrix = KernelMatrix<double>.From(values);
        NpyFile.Write(_folder[name], matrix);
    }

    /// <summary>Points of three features; the target is one of two words, or a smooth function where the first word is a factor.</summary>
    private string Table(string name, int count, int seed, string one, string other)
    {
        var random = new Random(seed);
        List<string> lines = ["a,b,c,target"];
        for (int i = 0; i < count; i++)
        {
            double a = random.NextDouble(), b = random.NextDouble(), c = random.NextDouble();
            string target = other.Length > 0 ? a > b ? one : other : (Number(one) * (Math.Sin(5 * a) + b * c)).ToString("R", CultureInfo.InvariantCulture);
            lines.Add(FormattableString.Invariant($"{a},{b},{c},") + target);
        }

        return _folder.Write(name, string.Join('\n', lines) + "\n");
    }
}
