using InfiniteNtk.FiniteWidth.Cuda.Devices;

namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>Registers joined along one axis.</summary>
/// <param name="inputs">The registers.</param>
/// <param name="output">The joined one.</param>
/// <param name="blocks">Per input, how many consecutive numbers it puts in at a time.</param>
internal sealed class ConcatStep(int[] inputs, int output, int[] blocks) : DeviceStep(inputs, output)
{
    public override void Forward(DeviceRun run)
    {
        DeviceBuffer y = run.Allocate(Output);
        run.Set(Output, y);
        for (int i = 0; i < blocks.Length; i++)
        {
            DeviceBuffer part = run.Value(Inputs[i]);
            run.Signals.ForEach(part.Count, "join", y, part, part.Count, blocks[i], Offset(i), blocks.Sum());
        }
    }

    public override void Backward(DeviceRun run)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            if (!run.NeedsGradient(Inputs[i])) continue;
            DeviceBuffer part = run.AllocateGradient(Inputs[i]);
            run.Signals.ForEach(part.Count, "split", part, run.Gradient(Output), part.Count, blocks[i], Offset(i), blocks.Sum());
            run.AddGradient(Inputs[i], part);
        }
    }

    private int Offset(int index) => blocks[..index].Sum();
}
