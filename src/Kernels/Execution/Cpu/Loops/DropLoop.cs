using System.Numerics;

namespace InfiniteNtk.Kernels.Execution.Cpu.Loops;

/// <summary>Dropout: K and Θ of a sample with itself times 1/keep, every other entry as it was.</summary>
internal sealed unsafe class DropLoop<T>(int source, int target, double keepProbability) : StepLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _factor = T.CreateTruncating(1 / keepProbability);

    public override void Pairs(in Strip<T> strip)
    {
        Copy(in strip);
        if (!strip.OnDiagonal) return;
        for (nint row = 0; row < strip.Rows; row++)
        {
            nint diagonal = strip.Row + row;
            if (diagonal >= strip.FirstColumn && diagonal < strip.Columns) Scale(in strip, row * strip.Registers.Stride + diagonal);
        }
    }

    public override DualAccuracy Self(in Strip<T> strip)
    {
        Copy(in strip);
        for (nint column = strip.FirstColumn; column < strip.Columns; column++) Scale(in strip, column);
        return default;
    }

    private void Scale(in Strip<T> strip, nint entry)
    {
        strip.Registers.K(target)[entry] *= _factor;
        if (strip.WithTheta) strip.Registers.Theta(target)[entry] *= _factor;
    }

    private void Copy(in Strip<T> strip)
    {
        if (source == target) return;
        int length = (int)(strip.Columns - strip.FirstColumn);
        for (nint row = 0; row < strip.Rows; row++)
        {
            nint start = row * strip.Registers.Stride + strip.FirstColumn;
            new Span<T>(strip.Registers.K(source) + start, length).CopyTo(new Span<T>(strip.Registers.K(target) + start, length));
            if (!strip.WithTheta) continue;
            new Span<T>(strip.Registers.Theta(source) + start, length).CopyTo(new Span<T>(strip.Registers.Theta(target) + start, length));
        }
    }
}
