using System.Numerics;
using InfiniteNtk.Kernels.Products;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>One side's samples, packed as the program reads them: whole, position by position, or both.</summary>
internal sealed class PackedInputs<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Samples _samples;
    private readonly PackedPanels<T>? _whole;
    private readonly PackedPanels<T>[] _positions;

    public PackedInputs(Samples samples, InputLayouts layouts)
    {
        _samples = samples;
        SampleShape shape = samples.Shape;
        _whole = layouts.Whole ? new PackedPanels<T>(samples.Count, shape.Size) : null;
        _positions = new PackedPanels<T>[layouts.ByPosition ? shape.PositionCount : 0];
        for (int s = 0; s < _positions.Length; s++) _positions[s] = new PackedPanels<T>(samples.Count, shape.Channels);
    }

    /// <summary>Bytes that <paramref name="count"/> samples take.</summary>
    public static double BytesFor(nint count, SampleShape shape, InputLayouts layouts) =>
        (layouts.Whole ? (double)PackedPanels<T>.BytesFor(count, shape.Size) : 0)
        + (layouts.ByPosition ? shape.PositionCount * (double)PackedPanels<T>.BytesFor(count, shape.Channels) : 0);

    /// <summary>Packs some samples, from a multiple of the panel width on.</summary>
    public void Pack(nint first, nint count)
    {
        MatrixView<double> rows = _samples.Rows.View.Slice(first, 0, count, _samples.Shape.Size);
        _whole?.PackRows(first, rows);
        int channels = _samples.Shape.Channels;
        for (int s = 0; s < _positions.Length; s++) _positions[s].PackRows(first, rows.Slice(0, (nint)s * channels, count, channels));
    }

    /// <summary>All numbers of each sample as one vector, or the channels at one position.</summary>
    public PackedPanels<T> Panels(bool flattened, int position) => flattened ? _whole! : _positions[position];

    public void Dispose()
    {
        _whole?.Dispose();
        foreach (PackedPanels<T> panels in _positions) panels.Dispose();
    }
}

/// <summary>Which packings a program reads.</summary>
internal readonly record struct InputLayouts(bool Whole, bool ByPosition);
