using System.IO.Compression;
using System.Text.Json;
using InfiniteNtk.Cli.Commands;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary><c>intk compare</c> on images and sequences: unasked it compares convolutional networks that suit them.</summary>
public sealed class ImageComparisonTests : IDisposable
{
    private const int Count = 16, Extent = 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_of_rank_3_and_4_are_compared_by_convolutional_networks_alike()
    {
        Write("rank3.npz", Count, Extent, Extent);
        Write("rank4.npz", Count, Extent, Extent, 1);
        string[] rank3 = Rows("rank3.npz", "--layout", "nhw");
        Assert.Equal(rank3, Rows("rank4.npz"));
        Assert.Equal(rank3, Rows("rank3.npz"));
        string[] convolutions = [.. rank3.Where(row => row.Contains("Conv(3, 3", StringComparison.Ordinal))];
        Assert.Equal(2 * 4, convolutions.Length);
        Assert.Contains(convolutions, row => row.Contains("GlobalAveragePool", StringComparison.Ordinal));
        Assert.Contains(convolutions, row => row.Contains("Identity +", StringComparison.Ordinal));
    }

    [Fact]
    public void Sequences_are_compared_by_filters_of_one_axis()
    {
        Write("rank3.npz", Count, Extent, Extent);
        string[] rows = Rows("rank3.npz", "--layout", "ntc");
        Assert.Equal(2 * 4, rows.Count(row => row.Contains("Conv(3, weightStd", StringComparison.Ordinal)));
        Assert.DoesNotContain(rows, row => row.Contains("Conv(3, 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Pooling_over_all_positions_is_compared_unasked_only_where_it_is_cheap()
    {
        Assert.Contains(Networks([8, 8], 1000), network => network.Contains("GlobalAveragePool", StringComparison.Ordinal));
        Assert.DoesNotContain(Networks([32, 32], 1000), network => network.Contains("GlobalAveragePool", StringComparison.Ordinal));
        Assert.Contains(Networks([32, 32], 1000), network => network.Contains("Conv(3, 3", StringComparison.Ordinal));
        Assert.DoesNotContain(Networks([1, 8], 10), network => network.Contains("AveragePool(2", StringComparison.Ordinal));

        static string[] Networks(int[] positions, int count) =>
            [.. DefaultNetworks.For(new SampleShape([.. positions], 3), count).Select(network => network.ToString())];
    }

    /// <summary>Network, kernel and errors of each row, without times.</summary>
    private string[] Rows(string file, params string[] words)
    {
        Outcome done = Run(["compare", _folder[file], "--n", "4,8", "--json", .. words]);
        Assert.True(done.Code == 0, done.Error);
        using var json = JsonDocument.Parse(done.Out);
        return [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(
            row => $"{row.GetProperty("name")} {row.GetProperty("kernel")} {row.GetProperty("points").GetRawText()}")];
    }

    /// <summary>Stripes: the class is their direction.</summary>
    private void Write(string name, params int[] shape)
    {
        var random = new Random(3);
        double[] x = new double[Count * Extent * Extent], y = new double[Count];
        for (int i = 0; i < x.Length; i++)
        {
            int sample = i / (Extent * Extent);
            y[sample] = sample % 2;
            x[i] = (sample % 2 == 0 ? i : i / Extent) % 2 + 0.3 * random.NextDouble();
        }

        using ZipArchive archive = ZipFile.Open(_folder[name], ZipArchiveMode.Create);
        Add("x.npy", NpyBytes.Of(x, shape));
        Add("y.npy", NpyBytes.Of(y, Count));

        void Add(string entry, byte[] bytes)
        {
            using Stream stream = archive.CreateEntry(entry).Open();
            stream.Write(bytes);
        }
    }
}
