using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Sources;
using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>Numbers are kept and scaled, or set to zero, by a stream; the mask is drawn again on the way back instead of kept.</summary>
internal sealed class DropoutStep(int input, int output, int size, double keepProbability, RandomStream stream) : DeviceStep([input], output)
{
    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        Mask(run, y, run.Value(Inputs[0]));
        run.Set(Output, y);
    }

    public override void Backward(DeviceRun run)
    {
        DeviceBuffer below = run.AllocateGradient(Inputs[0]);
        Mask(run, below, run.Gradient(Output));
        run.AddGradient(Inputs[0], below);
    }

    private void Mask(DeviceRun run, DeviceBuffer y, DeviceBuffer x)
    {
        (ulong seed, uint draw, ulong name) = stream.Identity;
        run.Module(KernelSource.Random).ForEach(
            y.Count, "dropout", y, x, y.Count, (long)run.Count * size, run.FirstSample * size, seed, (ulong)draw, name, keepProbability);
    }
}
