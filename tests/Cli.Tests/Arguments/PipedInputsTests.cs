using System.Diagnostics;
using System.Text;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Cli.Tests.Commands;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Arguments;

/// <summary>Standard input and pipes: read once, copied, and read as any file.</summary>
public sealed class PipedInputsTests : IDisposable
{
    private const string Net = "Dense >> Relu >> Dense";
    private readonly TemporaryFolder _folder = new();

    private static byte[] Table => Encoding.UTF8.GetBytes("a,target\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}.5,{i % 2}\n")));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("compare", "-", "--net", Net, "--n", "10")]
    [InlineData("compare", "/dev/stdin", "--net", Net, "--n", "10")]
    [InlineData("predict", "-", "--net", Net, "--train", "20")]
    public void Standard_input_is_data(params string[] words)
    {
        Outcome done = Run(Table, words);
        Assert.Equal((0, true), (done.Code, done.Out.Length > 0));
    }

    [Fact]
    public void Arrays_and_networks_come_through_standard_input_too()
    {
        byte[] x = NpyBytes.Of([1, 2, 3, 4, 5, 6], 3, 2);
        Assert.Equal(0, Run(x, "kernel", "--net", Net, "--x1", "-", "--out", _folder["k.npz"]).Code);
        Assert.Equal(0, Run(x, "kernel", "-", "--net", Net, "--out", _folder["l.npz"]).Code);
        Assert.Equal(File.ReadAllBytes(_folder["k.npz"]), File.ReadAllBytes(_folder["l.npz"]));
        Assert.StartsWith("Dense", Run("{\"layer\": \"dense\"}"u8.ToArray(), "explain", "@-").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_stands_for_one_file_and_is_named_as_such()
    {
        Outcome twice = Run(Table, "predict", "-", "--net", Net, "--test", "-");
        Assert.Equal(2, twice.Code);
        Assert.Contains("can be read only once", twice.Error, StringComparison.Ordinal);
        Outcome broken = Run("a,b\n1\n"u8.ToArray(), "compare", "-");
        Assert.Equal(2, broken.Code);
        Assert.StartsWith("intk: Cannot read 'standard-input.csv': line 2", broken.Error, StringComparison.Ordinal);

        // The copy is gone; other tests have folders there as well.
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.GetTempPath(), "intk-*"), folder => Path.Combine(folder, "standard-input.csv") is var copy && File.Exists(copy) && new FileInfo(copy).Length == 6);
    }

    [Fact]
    public async Task A_pipe_is_read_once_and_a_device_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        string pipe = _folder["data.csv"];
        using (Process make = Process.Start("mkfifo", pipe)) await make.WaitForExitAsync();
        string table = _folder.Write("table.csv", Table);
        using var writing = Process.Start("sh", ["-c", "cat \"$0\" > \"$1\"", table, pipe]);
        Outcome done = ToolRun.Run("compare", pipe, "--net", Net, "--n", "10");
        await writing.WaitForExitAsync();
        Assert.Equal((0, true), (done.Code, done.Out.Length > 0));
        Outcome device = ToolRun.Run("compare", "/dev/zero");
        Assert.Equal(2, device.Code);
        Assert.Contains("it is a device", device.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_a_pipe_can_be_stopped()
    {
        using var stop = new CancellationTokenSource(50);
        using var error = new StringWriter();
        using var open = new ManualResetEventSlim();
        var console = new ToolConsole(new StringWriter(), error) { OpenInput = () => new SilentStream(open) };
        Assert.Equal(130, IntkTool.Run(["compare", "-"], console, stop.Token));
        open.Set();
    }

    private static Outcome Run(byte[] input, params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = IntkTool.Run(words, new ToolConsole(output, error) { OpenInput = () => new MemoryStream(input) });
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Gives nothing, and does not end either.</summary>
    private sealed class SilentStream(ManualResetEventSlim open) : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            open.Wait();
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
