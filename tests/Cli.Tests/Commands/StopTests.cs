using System.Diagnostics;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>
/// Signals to a real process with much work before it, in whatever phase it is. SIGINT and SIGHUP are not sent: where a test runner was itself
/// started in the background or to outlive its terminal, its children ignore them.
/// </summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("SIGTERM", 143, "predicting and measuring")]
    [InlineData("SIGTERM", 143, "kernels of")]
    public void A_signal_ends_it_with_its_code_one_line_and_no_file(string signal, int code, string phase)
    {
        if (OperatingSystem.IsWindows()) return;
        WritePoints(4000);
        var start = new ProcessStartInfo("dotnet",
        [
            typeof(IntkTool).Assembly.Location, "compare", _folder["points.npz"], "--points", "all", "--net", "Dense >> Repeat(40, Relu >> Dense)", "--n", "1500,3000", "--report", _folder["r.html"],
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        try
        {
            for (string? line = ""; line is not null && !line.Contains(phase, StringComparison.Ordinal);) line = process.StandardError.ReadLine();
            using (Process kill = Process.Start("kill", ["-" + signal[3..], $"{process.Id}"])) kill.WaitForExit();
            string rest = process.StandardError.ReadToEnd(), output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((code, ""), (process.ExitCode, output));
            Assert.Equal(IntkTool.Stopped, rest.TrimEnd().Split('\n')[^1]);
            Assert.Equal([_folder["points.npz"]], Directory.GetFiles(_folder.Path));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private void WritePoints(int count)
    {
        var random = new Random(1);
        using KernelMatrix<double> x = new(count, 3), y = new(count, 1);
        for (int i = 0; i < count; i++)
        {
            for (int c = 0; c < 3; c++) x[i, c] = random.NextDouble();
            y[i, 0] = x[i, 0] * x[i, 1];
        }

        NpzFile.Write(OutputFile.Prepare(_folder["points.npz"]), ("x", NpyContent.From(x)), ("y", NpyContent.From(y)));
    }
}
