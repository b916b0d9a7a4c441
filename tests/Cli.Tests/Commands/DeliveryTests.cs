using System.Text;
using System.Text.Json;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>A finished computation is never lost: it is printed before files are written, and a file that cannot be written is told and saved elsewhere.</summary>
public sealed class DeliveryTests : IDisposable
{
    private const string Net = "Dense(sqrt(2), 0.1) >> Relu >> Dense";
    private readonly TemporaryFolder _folder = new();

    public DeliveryTests()
    {
        var random = new Random(5);
        File.WriteAllLines(_folder["points.csv"], Enumerable.Range(0, 40)
            .Select(_ => (A: random.NextDouble(), B: random.NextDouble()))
            .Select(x => FormattableString.Invariant($"{x.A},{x.B},{(x.A > x.B ? "yes" : "no")}")).Prepend("a,b,target"));
        using var matrix = KernelMatrix<double>.From(new[,] { { 1.0, 2.0 }, { 3.0, -1.0 } });
        NpyFile.Write(_folder["a.npy"], matrix);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gone/r.html", "rank correlation", "compare", "points.csv", "--net", Net, "--n", "10,20", "--report", "gone/r.html")]
    [InlineData("gone/c.svg", "rank correlation", "compare", "points.csv", "--net", Net, "--n", "10,20", "--chart", "gone/c.svg")]
    [InlineData("gone/c.json", "rank correlation", "compare", "points.csv", "--net", Net, "--n", "10,20", "--out", "gone/c.json")]
    [InlineData("gone/p.npz", "nMSE", "predict", "points.csv", "--net", Net, "--train", "30", "--ridge", "1e-3rel", "--out", "gone/p.npz")]
    [InlineData("gone/p.csv", "nMSE", "predict", "points.csv", "--net", Net, "--train", "30", "--ridge", "1e-3rel", "--out", "gone/p.csv")]
    [InlineData("gone/k.npz", "2 × 2", "kernel", "--net", Net, "--x1", "a.npy", "--out", "gone/k.npz")]
    [InlineData("gone/v.html", "NNGP", "verify", "--net", Net, "--widths", "4,8,12,16", "--seeds", "20", "--report", "gone/v.html")]
    public void A_place_that_vanishes_costs_neither_the_printed_result_nor_the_file(string lost, string printed, params string[] words)
    {
        Directory.CreateDirectory(_folder["gone"]);
        using var output = new Destructive(() => Directory.Delete(_folder["gone"], recursive: true));
        using var error = new StringWriter();
        int code = IntkTool.Run([.. words.Select(word => word.Contains('.') && !word.Contains(' ') && !word.StartsWith("1e", StringComparison.Ordinal) ? _folder[word] : word)], new ToolConsole(output, error));
        Assert.Equal(1, code);
        Assert.Contains(printed, output.ToString(), StringComparison.Ordinal);
        string message = error.ToString().Split('\n').Single(line => line.StartsWith("intk: ", StringComparison.Ordinal));
        Assert.Contains(_folder[lost], message, StringComparison.Ordinal);
        string saved = message.Split("saved as ")[1].Split(" instead")[0];
        try
        {
            Assert.Equal(Path.GetExtension(lost), Path.GetExtension(saved));
            Assert.NotEqual(0, new FileInfo(saved).Length);
        }
        finally
        {
            File.Delete(saved);
        }
    }

    [Fact]
    public void What_cannot_be_printed_is_written_all_the_same()
    {
        using var output = new Destructive(() => throw new IOException("No space left on device"));
        using var error = new StringWriter();
        string[] words = ["compare", _folder["points.csv"], "--net", Net, "--n", "10,20", "--out", _folder["c.json"]];
        Assert.Equal(1, IntkTool.Run(words, new ToolConsole(output, error)));
        Assert.Contains("No space left on device", error.ToString(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["c.json"]));
        Assert.Equal(6, json.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void The_table_and_the_json_come_together()
    {
        Outcome done = ToolRun.Run("compare", _folder["points.csv"], "--net", Net, "--n", "10,20", "--out", _folder["c.json"]);
        Assert.Equal(0, done.Code);
        Assert.Contains("rank correlation", done.Out, StringComparison.Ordinal);
        Assert.Contains($"wrote {_folder["c.json"]}", done.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["c.json"]));
        Assert.Equal(40, json.RootElement.GetProperty("population").GetInt32());
    }

    /// <summary>Does something at the first character that is printed.</summary>
    private sealed class Destructive(Action first) : StringWriter
    {
        private Action? _first = first;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            Begin();
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Begin();
            base.Write(value);
        }

        public override void WriteLine(string? value)
        {
            Begin();
            base.WriteLine(value);
        }

        private void Begin()
        {
            Action? action = _first;
            _first = null;
            action?.Invoke();
        }
    }
}
