using System.Numerics;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.FiniteWidth.Layers;

/// <summary>
/// What a filter sees: for each output position the numbers at the input positions of its taps, tap by tap and channel by channel, 0
/// where a tap lies outside. A convolution is a dense layer on patches.
/// </summary>
internal sealed class Patches
{
    private readonly int[][] _taps;
    private readonly int _channels;

    public Patches(SampleShape input, ValueList<AxisWindow> windows)
    {
        _taps = PositionMaps.Taps(windows);
        _channels = input.Channels;
        Input = input;
        Shape = new SampleShape(windows.Select(window => window.OutputExtent).ToValueList(), checked(_taps[0].Length * input.Channels));
    }

    /// <summary>The shape of what the filter slides over.</summary>
    public SampleShape Input { get; }

    /// <summary>Output positions, with a whole patch as the channels of each.</summary>
    public SampleShape Shape { get; }

    /// <summary>For each output position the input position that each tap reads, −1 where it lies outside.</summary>
    public int[][] Positions => _taps;

    /// <summary>|k|, the taps of the filter.</summary>
    public int Taps => _taps[0].Length;

    /// <summary>
    /// The patches of <paramref name="count"/> gradients' samples from gradient <paramref name="first"/> on, each sample having several.
    /// </summary>
    public Signal<T> Of<T>(Signal<T> input, int first, int count, SignalMemory<T> memory, int directions = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> patches = memory.Zeros(count, Shape);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> sample = input.Sample((first + i) / directions);
            for (int p = 0; p < _taps.Length; p++) Gather(sample, _taps[p], patches.Sample(i).Slice(p * Shape.Channels, Shape.Channels));
        }

        return patches;
    }

    /// <summary>The patch of one output position of each sample.</summary>
    public Signal<T> At<T>(Signal<T> input, int position, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Signal<T> patches = memory.Zeros(input.Count, SampleShape.Features(Shape.Channels));
        for (int n = 0; n < input.Count; n++) Gather<T>(input.Sample(n), _taps[position], patches.Sample(n));
        return patches;
    }

    /// <summary>The adjoint of <see cref="Of"/>: patches added up where they came from, from sample <paramref name="first"/> on.</summary>
    public void AddBack<T>(Signal<T> patches, int first, Signal<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < patches.Count; i++)
        {
            Span<T> sample = target.Sample(first + i);
            for (int p = 0; p < _taps.Length; p++) Scatter<T>(patches.Sample(i).Slice(p * Shape.Channels, Shape.Channels), _taps[p], sample);
        }
    }

    /// <summary>The adjoint of <see cref="At"/>.</summary>
    public void AddBackAt<T>(int position, Signal<T> patches, Signal<T> target) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int n = 0; n < patches.Count; n++) Scatter<T>(patches.Sample(n), _taps[position], target.Sample(n));
    }

    /// <summary>
    /// ⟨patch(p), patch′(p′)⟩ = Σ_j ⟨a(r(p, j)), a′(r(p′, j))⟩ for all pairs of positions, from the products of single positions.
    /// </summary>
    /// <param name="gram">⟨a(s), a′(s′)⟩, row (sample, position) and column likewise.</param>
    /// <param name="left">Samples in its rows.</param>
    /// <param name="right">Samples in its columns.</param>
    /// <param name="memory">Where the result lives.</param>
    public Memory<T> Sum<T>(ReadOnlySpan<T> gram, int left, int right, SignalMemory<T> memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int inside = Input.PositionCount, outside = _taps.Length, columns = right * inside;
        Memory<T> lent = memory.Lend(checked(left * outside * right * outside));
        Span<T> sums = lent.Span;
        for (int row = 0; row < left * outside; row++)
        {
            int[] mine = _taps[row % outside];
            for (int column = 0; column < right * outside; column++)
            {
                int[] theirs = _taps[column % outside];
                int corner = row / outside * inside * columns + column / outside * inside;
                T sum = T.Zero;
                for (int j = 0; j < mine.Length; j++)
                {
                    if (mine[j] >= 0 && theirs[j] >= 0) sum += gram[corner + mine[j] * columns + theirs[j]];
                }

                sums[row * right * outside + column] = sum;
            }
        }

        return lent;
    }

    private void Gather<T>(ReadOnlySpan<T> sample, int[] taps, Span<T> patch) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < taps.Length; j++)
        {
            if (taps[j] >= 0) sample.Slice(taps[j] * _channels, _channels).CopyTo(patch[(j * _channels)..]);
        }
    }

    private void Scatter<T>(ReadOnlySpan<T> patch, int[] taps, Span<T> sample) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < taps.Length; j++)
        {
            if (taps[j] < 0) continue;
            Vectors.Add(sample.Slice(taps[j] * _channels, _channels), 1, patch.Slice(j * _channels, _channels));
        }
    }
}
