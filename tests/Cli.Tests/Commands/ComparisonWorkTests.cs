using InfiniteNtk.Cli.Commands;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

public sealed class ComparisonWorkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Work_grows_as_the_cube_of_the_points_and_memory_as_their_square()
    {
        ComparisonWork one = new(3000, [100, 300, 1000], 20, 10), two = new(6000, [200, 600, 2000], 20, 10);
        Assert.InRange(two.MultiplyAdds / one.MultiplyAdds, 7.5, 8);
        Assert.InRange(two.Bytes / one.Bytes, 3.5, 4);
    }

    /// <summary>The digits are all taken; ten thousand images are not, unless there is one cheap question about them.</summary>
    [Fact]
    public void Points_are_left_out_only_where_all_would_take_long()
    {
        KernelProgram program = NetworkText.Parse("Flatten >> Dense >> Relu >> Dense").Program(new SampleShape([8, 8], 1));
        KernelProgram[] eight = [.. Enumerable.Repeat(program, 8)];
        Assert.Equal(1797, ComparisonWork.PointsUnasked(1797, eight, null, 20, 10));
        int few = ComparisonWork.PointsUnasked(10_000, eight, null, 20, 10), more = ComparisonWork.PointsUnasked(10_000, [program], null, 20, 10);
        Assert.InRange(few, 1800, 3500);
        Assert.InRange(more, few + 500, 6000);
        Assert.Equal(0, few % 100);
        Assert.Equal(few, ComparisonWork.PointsUnasked(1_000_000, eight, null, 20, 10));
        Assert.Equal(8000, ComparisonWork.PointsUnasked(10_000, eight, [50, 4000], 20, 10));
    }

    [Fact]
    public void The_meter_counts_what_the_formulas_say()
    {
        double counted = 0;
        var meter = new WorkMeter(LinearAlgebraBackends.Default, work => counted += work);
        using var matrix = new KernelMatrix<double>(40, 40);
        for (int i = 0; i < 40; i++) matrix.View.Row(i).Clear();
        for (int i = 0; i < 40; i++) matrix[i, i] = 2;
        Assert.Equal(-1, meter.Cholesky(matrix.View));
        meter.InvertFromCholesky(matrix.View);
        Assert.Equal(0.5, matrix[3, 3], 1e-15);
        Assert.Equal(64_000, counted, 1e-6);
    }

    [Fact]
    public void A_random_part_has_of_each_class_its_share_and_is_the_same_for_the_same_seed()
    {
        using var targets = Targets.FromClasses([.. Enumerable.Range(0, 200).Select(i => i % 10 == 0 ? 2 : i % 2)], ["a", "b", "c"]);
        int[] rows = RandomPart.Rows(targets, 50, 3);
        Assert.Equal(rows.Distinct().Order(), rows);
        Assert.Equal([20, 25, 5], Enumerable.Range(0, 3).Select(c => rows.Count(row => targets.Classes[row] == c)));
        Assert.Equal(rows, RandomPart.Rows(targets, 50, 3));
        Assert.NotEqual(rows, RandomPart.Rows(targets, 50, 4));
        Assert.Equal(53, RandomPart.Rows(targets, 53, 0).Length);
        Assert.Equal(Enumerable.Range(0, 200), RandomPart.Rows(targets, 200, 0));
    }

    /// <summary>Taking a part is the same as having had a file of it.</summary>
    [Fact]
    public void Compare_on_a_part_says_so_and_is_the_comparison_of_that_part()
    {
        var random = new Random(5);
        string[] lines = [.. Enumerable.Range(0, 60).Select(_ => (A: random.NextDouble(), B: random.NextDouble())).Select(x => FormattableString.Invariant($"{x.A},{x.B},{10 + x.A * x.B}"))];
        File.WriteAllLines(_folder["all.csv"], lines.Prepend("a,b,target"));
        using (Dataset all = DatasetReader.Read(_folder["all.csv"]))
        {
            File.WriteAllLines(_folder["part.csv"], RandomPart.Rows(all.Targets, 30, 7).Select(row => lines[row]).Prepend("a,b,target"));
        }

        string[] options = ["--net", "Dense >> Relu >> Dense", "--n", "10,20", "--seed", "7"];
        Outcome part = Run(["compare", _folder["all.csv"], "--points", "30", "--out", _folder["a.json"], .. options]), file = Run(["compare", _folder["part.csv"], "--out", _folder["b.json"], .. options]);
        Assert.Equal((0, 0), (part.Code, file.Code));
        Assert.Contains("30 of the 60 points, a random part with seed 7", part.Out, StringComparison.Ordinal);
        Assert.Contains("30 of the 60 points", part.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Only a part", file.Out, StringComparison.Ordinal);
        // The mean of all is taken off and added again, which rounds.
        Assert.Equal(4 * 2 + 2 * 2, Errors("a.json").Length);
        Assert.All(Errors("b.json").Zip(Errors("a.json")), pair => Assert.Equal(pair.First, pair.Second, 1e-8 * pair.First));
        Assert.Equal(2, Run("compare", _folder["all.csv"], "--points", "61").Code);
        Assert.Equal(2, Run("compare", _folder["all.csv"], "--points", "some").Code);
        Assert.Equal(0, Run(["compare", _folder["all.csv"], "--points", "all", .. options]).Code);

        double[] Errors(string name)
        {
            using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_folder[name]));
            return [.. json.RootElement.GetProperty("rows").EnumerateArray().SelectMany(row => row.GetProperty("points").EnumerateArray()).Select(point => point.GetProperty("measured").GetDouble())];
        }
    }
}
