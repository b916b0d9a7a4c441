using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Preparing_leaves_nothing_behind_and_keeps_what_is_there()
    {
        string path = _folder.Write("a.txt", "old");
        OutputFile.Prepare(path);
        OutputFile.Prepare(_folder["b.txt"]);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Writing_replaces_the_whole_file_and_leaves_no_temporary_one()
    {
        string path = _folder.Write("a.txt", "a long old text");
        OutputFile.Prepare(path).Write("Θ");
        Assert.Equal("Θ", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_failure_half_way_keeps_the_old_content_and_leaves_nothing_else()
    {
        string path = _folder.Write("a.txt", "old");
        OutputFile file = OutputFile.Prepare(path);
        Assert.Throws<InvalidFileException>(() => file.Write(stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device.");
        }));
        Assert.Throws<OperationCanceledException>(() => file.Write(_ => throw new OperationCanceledException()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_target_of_a_link_is_replaced_not_the_link()
    {
        string path = _folder.Write("a.txt", "old");
        File.CreateSymbolicLink(_folder["link"], path);
        OutputFile.Prepare(_folder["link"]).Write("new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public void An_existing_file_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows()) return;
        string path = _folder.Write("a.txt", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        OutputFile.Prepare(path).Write("new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_any_work()
    {
        string readOnly = _folder.Write("a.txt", "old");
        File.SetAttributes(readOnly, FileAttributes.ReadOnly);
        Assert.Equal("it exists and is read-only", Refusal(readOnly));
        Assert.Equal("it is a folder", Refusal(_folder.Path));
        Assert.Equal("it is a folder", Refusal(_folder["new/"]));
        Assert.Equal("it is a folder", Refusal(""));
        Assert.Equal($"there is no folder '{_folder["absent"]}'", Refusal(_folder["absent/a.txt"]));
        Assert.Equal($"there is no folder '{readOnly}'", Refusal(Path.Combine(readOnly, "below-a-file")));
        Assert.NotEmpty(Refusal(_folder["nul\0"]));
        Assert.NotEmpty(Refusal(_folder[new string('x', 300)]));
        Assert.Equal("it will take 8.0 EiB", Refusal(_folder["b.txt"], long.MaxValue));
    }

    [Fact]
    public void A_device_is_not_replaced_by_a_file()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("it is a device", Refusal("/dev/null"));
        File.CreateSymbolicLink(_folder["null"], "/dev/null");
        Assert.Equal("it is a device", Refusal(_folder["null"]));
    }

    [Fact]
    public void Shared_memory_is_an_ordinary_folder()
    {
        if (!Directory.Exists("/dev/shm")) return;
        string path = $"/dev/shm/{Guid.NewGuid():N}.txt";
        OutputFile.Prepare(path).Write("here");
        Assert.Equal("here", File.ReadAllText(path));
        File.Delete(path);
    }

    private static string Refusal(string path, long bytes = 0) =>
        Assert.Throws<InvalidFileException>(() => OutputFile.Prepare(path, bytes)).Received;
}
