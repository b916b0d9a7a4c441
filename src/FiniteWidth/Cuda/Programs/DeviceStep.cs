namespace InfiniteNtk.FiniteWidth.Cuda.Programs;

/// <summary>One instruction of a network on a device. A new one brings both ways, or does not compile.</summary>
/// <param name="inputs">The registers that it reads.</param>
/// <param name="output">The register that it writes.</param>
internal abstract class DeviceStep(int[] inputs, int output)
{
    /// <summary>The registers that it reads.</summary>
    public IReadOnlyList<int> Inputs { get; } = inputs;

    /// <summary>The register that it writes.</summary>
    public int Output { get; } = output;

    /// <summary>Whether it has parameters.</summary>
    public virtual bool HasParameters => false;

    /// <summary>Numbers per sample that it keeps besides its output.</summary>
    public virtual long Kept => 0;

    /// <summary>Numbers that <see cref="Prepare"/> copies, eight bytes each.</summary>
    public virtual long Prepared => 0;

    /// <summary>Copies what it needs besides parameters to the device, before batches are planned.</summary>
    public virtual void Prepare(DeviceWeights weights)
    {
    }

    /// <summary>Computes the output of a batch.</summary>
    public abstract void Forward(DeviceRun run);

    /// <summary>
    /// Adds the gradients of its inputs, from that of its output, where <see cref="DeviceRun.NeedsGradient"/>.
    /// </summary>
    public abstract void Backward(DeviceRun run);
}
