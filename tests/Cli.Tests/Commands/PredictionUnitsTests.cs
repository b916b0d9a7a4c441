using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>What the numbers of a prediction are: said in words, kept in files, the same from library and tool.</summary>
public sealed class PredictionUnitsTests : IDisposable
{
    private const string Net = "Dense(sqrt(2), 0.1) >> Relu >> Dense";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_are_in_their_own_unit_and_what_was_subtracted_is_said()
    {
        string data = _folder.Write("years.csv", "a,b,target\n" + string.Join('\n', Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{i % 5},{i % 7},{1990 + i % 5 + 0.5 * (i % 7)}"))) + "\n");
        Outcome done = Run("predict", data, "--net", Net, "--test", data, "--ridge", "1e-6rel", "--out", _folder["p.npz"]);
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
        Assert.Contains("predictions are       in the target's own unit (1993 was subtracted for the fit and is added again)", done.Out, StringComparison.Ordinal);
        var archive = NpzFile.Open(_folder["p.npz"]);
        double[] mean = archive.Read("mean").ToArray();
        for (int i = 0; i < 12; i++) Assert.Equal(1990 + i % 5 + 0.5 * (i % 7), mean[i], 0.1);
        Assert.Equal(Enumerable.Range(0, 12).Average(i => 1990 + i % 5 + 0.5 * (i % 7)), archive.Read("offset").ToArray()[0], 1e-9);
    }

    [Fact]
    public void The_points_to_predict_have_no_part_in_what_is_subtracted()
    {
        string data = _folder.Write("years.csv", "a,b,target\n" + string.Join('\n', Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{i % 5},{i % 7},{(i + 0.5) * (i + 0.25)}"))) + "\n");
        Assert.Equal(0, Run("predict", data, "--net", Net, "--train", "7", "--out", _folder["p.npz"]).Code);
        var archive = NpzFile.Open(_folder["p.npz"]);
        HashSet<int> tests = [.. archive.Read("row").ToArray().Select(row => (int)row)];
        Assert.Equal(13, tests.Count);
        Assert.Equal(Enumerable.Range(0, 20).Where(i => !tests.Contains(i)).Average(i => (i + 0.5) * (i + 0.25)), archive.Read("offset").ToArray()[0], 1e-9);
    }

    [Fact]
    public void Classes_are_scores_that_add_up_to_one()
    {
        string data = _folder.Write("classes.csv", "a,b,target\n" + string.Join('\n', Enumerable.Range(0, 30).Select(i => $"{i % 10},{i % 3},{"xyz"[i % 3]}")) + "\n");
        Outcome done = Run("predict", data, "--net", Net, "--test", data, "--ridge", "1e-3rel", "--out", _folder["p.npz"]);
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
        Assert.Contains("scores: 1 for the class, 0 for the others (1/3 was subtracted", done.Out, StringComparison.Ordinal);
        double[] scores = NpzFile.Open(_folder["p.npz"]).Read("mean").ToArray();
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(1, scores[3 * i] + scores[3 * i + 1] + scores[3 * i + 2], 1e-9);
            Assert.InRange(scores[3 * i + i % 3], 0.5, 1.5);
        }
    }

    [Fact]
    public void Frequencies_are_those_of_the_training_points_and_added_again()
    {
        string data = _folder.Write("classes.csv", "a,b,target\n" + string.Join('\n', Enumerable.Range(0, 30).Select(i => $"{i % 10},{i % 7},{"xyyyz"[i % 5]}")) + "\n");
        Outcome done = Run("predict", data, "--net", Net, "--train", "20", "--center", "frequencies", "--ridge", "1e-3rel", "--out", _folder["p.npz"]);
        Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
        Assert.Contains("what their frequencies give was subtracted", done.Out, StringComparison.Ordinal);
        var archive = NpzFile.Open(_folder["p.npz"]);
        HashSet<int> tests = [.. archive.Read("row").ToArray().Select(row => (int)row)];
        double[] offset = archive.Read("offset").ToArray(), scores = archive.Read("mean").ToArray();
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(Enumerable.Range(0, 30).Count(i => !tests.Contains(i) && "xyyyz"[i % 5] == "xyz"[c]) / 20.0, offset[c], 1e-12);
        }

        for (int i = 0; i < 10; i++) Assert.Equal(1, scores[3 * i] + scores[3 * i + 1] + scores[3 * i + 2], 1e-9);
    }

    [Fact]
    public void Archives_of_kernels_are_read_by_name_and_what_they_lack_is_refused()
    {
        using (var nngp = KernelMatrix<double>.From(new[,] { { 2.0, 0 }, { 0, 2 } }))
        using (var ntk = KernelMatrix<double>.From(new[,] { { 4.0, 0 }, { 0, 4 } }))
        using (var cross = KernelMatrix<double>.From(new[,] { { 1.0, 1 } }))
        using (var y = KernelMatrix<double>.From(new[,] { { 3.0 }, { 1 } }))
        {
            NpzFile.Write(OutputFile.Prepare(_folder["k.npz"]), [("nngp", NpyContent.From(nngp)), ("ntk", NpyContent.From(ntk))]);
            NpzFile.Write(OutputFile.Prepare(_folder["kt.npz"]), [("nngp", NpyContent.From(cross))]);
            NpyFile.Write(_folder["y.npy"], y);
        }

        string[] words = ["predict", "--kernel", _folder["k.npz"], "--y", _folder["y.npy"], "--test-kernel", _folder["kt.npz"], "--ridge", "0abs", "--out", _folder["p.npz"]];
        Assert.Equal(0, Run([.. words, "--kind", "nngp"]).Code);
        Assert.Equal(2, NpzFile.Open(_folder["p.npz"]).Read("mean").ToArray()[0], 1e-12);
        Outcome refused = Run(words);
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("'ntk'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_predicts_thousands_of_points_in_memory_that_their_kernel_would_not_fit()
    {
        using Samples x = Points(1, 40), t = Points(2, 3000);
        using Targets y = Targets.FromNumbers([.. Enumerable.Range(0, 40).Select(i => 10 + Math.Sin(i))]);
        Network network = NetworkText.Parse(Net);
        var options = new SolverOptions { MemoryBudget = 2_000_000 }; // 3000 x 3000 numbers are 72 MB.
        using GaussianProcess process = GaussianProcess.Fit(network, x, y, Ridge.Relative(1e-4), options: options);
        using TrainedEnsemble ensemble = TrainedEnsemble.Fit(network, x, y, Ridge.Relative(1e-4), options: options);
        using Posterior bayesian = process.Predict(t), trained = ensemble.Predict(t), early = ensemble.Predict(t, time: 10);
        Assert.Equal(3000, bayesian.Variances.Count);
        Assert.All(bayesian.Variances.Concat(trained.Variances).Concat(early.Variances), variance => Assert.True(variance >= 0 && double.IsFinite(variance)));
        Assert.Throws<MemoryBudgetException>(() => process.Predict(t, covariance: true));
        Assert.Throws<MemoryBudgetException>(() => ensemble.Predict(t, covariance: true));

        // Two of the points by the whole kernel: the same.
        using Samples two = Points(2, 2);
        using Posterior whole = ensemble.Predict(two, covariance: true);
        Assert.Equal(whole.Variance(1), trained.Variance(1), 1e-9);
        Assert.Equal(whole.Mean[1, 0], trained.Mean[1, 0], 1e-9);
    }

    private static Samples Points(int seed, int count) => new(SymmetricMatrices.Random(new Random(seed), count, 3), SampleShape.Features(3));
}
