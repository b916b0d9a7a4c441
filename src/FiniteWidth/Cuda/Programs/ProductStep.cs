using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>The entrywise product of registers of one shape.</summary>
internal sealed class ProductStep(int[] inputs, int output) : DeviceStep(inputs, output)
{
    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Copy(run.Value(Inputs[0]));
        run.Set(Output, y);
        foreach (int input in Inputs.Skip(1)) Multiply(run, y, y, run.Value(input));
    }

    /// <summary>Multiplied out, not divided, so that zeros do no harm.</summary>
    public override void Backward(DeviceRun run)
    {
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (!run.NeedsGradient(Inputs[i])) continue;
            DeviceBuffer below = run.Copy(run.Gradient(Output));
            for (int j = 0; j < Inputs.Count; j++)
            {
                if (j != i) Multiply(run, below, below, run.Value(Inputs[j]));
            }

            run.AddGradient(Inputs[i], below);
        }
    }

    private static void Multiply(DeviceRun run, DeviceBuffer y, DeviceBuffer a, DeviceBuffer x) =>
        run.Signals.ForEach(y.Count, "multiply", y, a, x, y.Count, x.Count);
}
