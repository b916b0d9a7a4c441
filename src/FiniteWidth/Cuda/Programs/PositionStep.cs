using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>A linear map between positions, the same for each channel: patches, pooling, resizing, reordering.</summary>
internal sealed class PositionStep(int input, int output, int channels, PositionTable table) : DeviceStep([input], output)
{
    private readonly PositionTable _table = table;
    private readonly PositionTable _transposed = table.Transposed;

    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        Map(run, y, run.Value(Inputs[0]), _table);
        run.Set(Output, y);
    }

    public override void Backward(DeviceRun run)
    {
        DeviceBuffer below = run.AllocateGradient(Inputs[0]);
        Map(run, below, run.Gradient(Output), _transposed);
        run.AddGradient(Inputs[0], below);
    }

    public override long Prepared => 4L * _table.Sources.Length + _table.Starts.Length + _transposed.Starts.Length;

    public override void Prepare(DeviceWeights weights)
    {
        _ = weights.Table(_table);
        _ = weights.Table(_transposed);
    }

    private void Map(DeviceRun run, DeviceBuffer y, DeviceBuffer x, PositionTable by)
    {
        DeviceTable onDevice = run.Weights.Table(by);
        run.Signals.ForEach(
            y.Count, "map_positions", y, x, onDevice.Starts, onDevice.Sources, onDevice.Weights, y.Count, (long)by.Rows, (long)by.Columns, (long)channels);
    }
}
