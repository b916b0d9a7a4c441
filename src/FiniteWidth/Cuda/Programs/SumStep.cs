using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>The sum of registers of one shape.</summary>
internal sealed class SumStep(int[] inputs, int output) : DeviceStep(inputs, output)
{
    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Copy(run.Value(Inputs[0]));
        run.Set(Output, y);
        foreach (int input in Inputs.Skip(1)) run.Signals.ForEach(y.Count, "add", y, run.Value(input), y.Count);
    }

    public override void Backward(DeviceRun run)
    {
        foreach (int input in Inputs)
        {
            if (run.NeedsGradient(input)) run.AddGradient(input, run.Copy(run.Gradient(Output)));
        }
    }
}
