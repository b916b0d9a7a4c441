using InfiniteNtk.Kernels.Matrices;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Matrices;

public sealed class MemoryBudgetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("intk-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Something_is_free_and_less_than_a_petabyte() => Assert.InRange(MemoryBudget.Available, 1 << 20, 1L << 50);

    [Fact]
    public void What_fits_is_not_refused() => MemoryBudget.Require(100, "Cannot compute", "Use fewer points", budget: 100);

    [Fact]
    public void What_does_not_fit_is_refused_with_both_numbers()
    {
        var error = Assert.Throws<MemoryBudgetException>(
            () => MemoryBudget.Require(3L << 30, "Cannot compute", "Use fewer points", budget: 1L << 30));
        Assert.Equal("Cannot compute: it needs 3.0 GiB of memory; it may use 1.0 GiB. Use fewer points", error.Message);
    }

    [Fact]
    public void More_than_any_machine_has_is_refused_without_a_budget() =>
        Assert.Throws<MemoryBudgetException>(() => MemoryBudget.Require(long.MaxValue, "Cannot compute", "Use fewer points"));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1048575, "1.0 MiB")]
    [InlineData(20_000_000_000, "18.6 GiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Bytes_are_told_in_the_largest_fitting_unit(long bytes, string text) =>
        Assert.Equal(text, MemoryBudget.Describe(bytes));

    [Fact]
    public void The_machine_tells_what_it_could_give_without_swapping()
    {
        string meminfo = Write("meminfo", "MemTotal: 100 kB\nMemFree: 10 kB\nMemAvailable:   60 kB\n");
        Assert.Equal(60 * 1024, LinuxMemory.MachineAvailable(meminfo));
        Assert.Null(LinuxMemory.MachineAvailable(Path.Combine(_root, "absent")));
    }

    [Fact]
    public void The_tightest_limit_among_a_group_and_its_ancestors_counts()
    {
        string membership = Write("membership", "0::/job/task\n");
        Write("fs/job/memory.max", "1000\n");
        Write("fs/job/memory.current", "700\n");
        Write("fs/job/memory.stat", "anon 500\ninactive_file 200\n");
        Write("fs/job/task/memory.max", "max\n");
        Write("fs/job/task/memory.current", "650\n");
        Assert.Equal(500, LinuxMemory.ControlGroupAvailable(membership, Path.Combine(_root, "fs")));
        Write("fs/job/task/memory.max", "800\n");
        Assert.Equal(150, LinuxMemory.ControlGroupAvailable(membership, Path.Combine(_root, "fs")));
    }

    [Fact]
    public void Version_one_groups_count_even_where_their_path_is_hidden_by_a_container()
    {
        string membership = Write("membership", "5:cpu:/\n4:hugetlb,memory:/docker/abc\n");
        Write("fs/memory/memory.limit_in_bytes", "900\n");
        Write("fs/memory/memory.usage_in_bytes", "400\n");
        Write("fs/memory/memory.stat", "total_inactive_file 100\n");
        Assert.Equal(600, LinuxMemory.ControlGroupAvailable(membership, Path.Combine(_root, "fs")));
    }

    [Fact]
    public void Without_a_limit_there_is_none() =>
        Assert.Null(LinuxMemory.ControlGroupAvailable(Write("membership", "0::/\n"), Path.Combine(_root, "fs")));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
