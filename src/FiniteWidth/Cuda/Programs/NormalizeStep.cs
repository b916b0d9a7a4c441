using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>Normalisation over the channels of each position.</summary>
internal sealed class NormalizeStep(int input, int output, int positions, int channels, double epsilon) : DeviceStep([input], output)
{
    /// <summary>The deviation of each position.</summary>
    public override long Kept => positions;

    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        long rows = (long)run.Count * positions;
        DeviceBuffer deviations = run.Keep(this, rows);
        run.Signals.ForEachRow(rows, channels, "normalize", y, deviations, run.Value(Inputs[0]), epsilon, rows, channels);
        run.Set(Output, y);
    }

    public override void Backward(DeviceRun run)
    {
        DeviceBuffer below = run.AllocateGradient(Inputs[0]);
        long rows = (long)run.Count * positions;
        run.Signals.ForEachRow(
            rows * run.Directions, channels, "project", below, run.Gradient(Output), run.Value(Output), run.Kept(this), rows * run.Directions, channels, rows);
        run.AddGradient(Inputs[0], below);
    }
}
