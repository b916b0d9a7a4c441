using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Sources;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>y = φ(z) for each number, by the activation's own source.</summary>
internal sealed class ActivationStep(int input, int output, KernelSource source) : DeviceStep([input], output)
{
    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        run.Module(source).ForEach(y.Count, "forward", y, run.Value(Inputs[0]), y.Count);
        run.Set(Output, y);
    }

    public override void Backward(DeviceRun run)
    {
        DeviceBuffer below = run.AllocateGradient(Inputs[0]);
        DeviceBuffer z = run.Value(Inputs[0]);
        run.Module(source).ForEach(below.Count, "backward", below, run.Gradient(Output), z, below.Count, z.Count);
        run.AddGradient(Inputs[0], below);
    }
}
