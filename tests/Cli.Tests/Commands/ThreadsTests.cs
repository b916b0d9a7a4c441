using System.Globalization;
using System.Text;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>--threads 1 holds for all that a command computes, kernels and predictions alike.</summary>
public sealed class ThreadsTests : IDisposable
{
    private const string Net = "Dense(sqrt(2), 0.1) >> Relu >> Dense";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("compare", "--n", "10,40", "--json")]
    [InlineData("predict", "--train", "200")]
    public void One_thread_asked_for_is_one_thread_used(string command, params string[] options)
    {
        string[] words = [command, Table(), "--net", Net, "--threads", "1", .. options];
        Outcome? done = null;
        Assert.Equal(0, HelperThreads.CountDuring(() => done = Run(words)));
        Assert.Equal((0, ""), (done!.Code, done.Code == 0 ? "" : done.Error));
    }

    private string Table()
    {
        var random = new Random(3);
        var text = new StringBuilder("a,b,c,target\n");
        for (int i = 0; i < 300; i++)
        {
            double[] row = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
            text.AppendLine(string.Join(',', row.Select(number => number.ToString(CultureInfo.InvariantCulture))));
        }

        File.WriteAllText(_folder["points.csv"], text.ToString());
        return _folder["points.csv"];
    }
}
