using System.Diagnostics;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

/// <summary>What files claim is asked of the memory before it is believed, and a pipe is not mistaken for a file.</summary>
public sealed class BoundedReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The system hands out more than there is and kills later; every copy of large data passes here.</summary>
    [Fact]
    public void A_matrix_beyond_the_free_memory_is_refused_before_it_is_touched()
    {
        nint columns = (nint)(MemoryBudget.Available / sizeof(double)) + (1 << 24);
        var refused = Assert.Throws<MemoryBudgetException>(() => new KernelMatrix<double>(1, columns));
        Assert.Contains("are free now", refused.Required, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_end_is_refused()
    {
        string quoted = _folder.Write("quoted.csv", "a,b\n\"" + new string('x', 17_000_000) + "\",1\n");
        Assert.Contains("begins on line 2", Assert.Throws<InvalidFileException>(() => CsvFile.Read(quoted)).Received, StringComparison.Ordinal);
        string commas = _folder.Write("commas.csv", new string(',', 17_000_000));
        Assert.Contains("begins on line 1", Assert.Throws<InvalidFileException>(() => CsvFile.Read(commas)).Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.npy")]
    [InlineData("x.npz")]
    [InlineData("x.idx")]
    public async Task A_pipe_is_refused_with_a_word(string name)
    {
        if (OperatingSystem.IsWindows()) return;
        string pipe = _folder[name];
        using (Process make = Process.Start("mkfifo", pipe)) await make.WaitForExitAsync();
        using var writing = Process.Start("sh", ["-c", "echo a,b > \"$0\"", pipe]);
        var refused = Assert.Throws<InvalidFileException>(() => _ = Path.GetExtension(name) switch
        {
            ".csv" => (object)CsvFile.Read(pipe),
            ".npy" => NpyFile.Open(pipe),
            ".npz" => NpzFile.Open(pipe),
            _ => IdxFile.Open(pipe),
        });
        await writing.WaitForExitAsync();
        Assert.Contains("comes only once", refused.Received, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shape_has_a_bounded_number_of_axes_and_numbers()
    {
        Assert.Equal(1, new SampleShape([.. Enumerable.Repeat(1, 32)], 1).Size);
        Assert.Throws<ShapeMismatchException>(() => new SampleShape([.. Enumerable.Repeat(1, 33)], 1));
        Assert.Throws<ShapeMismatchException>(() => new SampleShape([.. Enumerable.Repeat(2, 31)], 1));
        Assert.Throws<ShapeMismatchException>(() => new SampleShape([65536, 65536], 1));
    }
}
