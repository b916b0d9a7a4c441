using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Fuzz;

/// <summary>Damaged and hostile files of data, through each reader and through the reader of data sets.</summary>
public sealed class ReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays() => Check(1500, 10_000_000, Seeds.Arrays, "x.npy", path => NpyFile.Open(path).ToArray());

    [Fact]
    public void Archives() => Check(1500, 20_000_000, Seeds.Archives, "x.npz", path =>
    {
        NpzFile archive = NpzFile.Open(path);
        foreach (string name in archive.Names) archive.Read(name).ToArray();
    });

    [Fact]
    public void Idx() => Check(800, 30_000_000, Seeds.Idx, "x.idx", path => IdxFile.Open(path).ToArray());

    [Fact]
    public void Gzipped_idx() => Check(800, 40_000_000, [.. Seeds.Idx.Select(Seeds.Gzip)], "x.gz", path => IdxFile.Open(path).ToArray());

    [Fact]
    public void Tables() => Check(1500, 50_000_000, [.. Seeds.Tables.Select(System.Text.Encoding.UTF8.GetBytes)], "x.csv", path => CsvFile.Read(path));

    [Fact]
    public void Data_sets_of_tables() =>
        Check(800, 60_000_000, [.. Seeds.Tables.Select(System.Text.Encoding.UTF8.GetBytes)], "x.csv", ReadData);

    [Fact]
    public void Data_sets_of_archives() => Check(800, 70_000_000, Seeds.Archives, "x.npz", ReadData);

    private static void ReadData(string path)
    {
        using Dataset data = DatasetReader.Read(path);
        using var samples = Preprocessing.For(data.Samples.Shape).Fit(data.Samples).Apply(data.Samples);
        Assert.All(Enumerable.Range(0, (int)samples.Count), i => Assert.Equal(-1, samples.Rows.View.Row(i).IndexOfAnyExceptInRange(double.MinValue, double.MaxValue)));
    }

    private void Check(int cases, int seed, byte[][] seeds, string name, Action<string> read)
    {
        string path = _folder[name];
        Oracle.Check(
            cases, seed, mutator => mutator.Bytes(mutator.Any(seeds), mutator.Any(seeds)),
            bytes =>
            {
                File.WriteAllBytes(path, bytes);
                read(path);
            },
            bytes => Convert.ToBase64String(bytes));
    }
}
