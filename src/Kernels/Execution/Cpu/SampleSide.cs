using System.Numerics;
using InfiniteNtk.Kernels.Products;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>
/// One side of a kernel: its samples packed, and each sample's terms, computed once by running the program on every sample with
/// itself. The same run gives the diagonal.
/// </summary>
internal sealed unsafe class SampleSide<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CpuPlan<T> _plan;
    private readonly Samples _samples;

    public SampleSide(CpuPlan<T> plan, Samples samples, nint tileSize)
    {
        _plan = plan;
        _samples = samples;
        Inputs = new PackedInputs<T>(samples, plan.Layouts);
        Terms = new SelfTerms<T>(samples.Count, tileSize, plan.TermCount);
    }

    /// <summary>The samples, packed.</summary>
    public PackedInputs<T> Inputs { get; }

    /// <summary>The steps' terms.</summary>
    public SelfTerms<T> Terms { get; }

    /// <summary>How accurate activations without closed form are, after <see cref="Prepare"/>.</summary>
    public DualAccuracy Accuracy { get; private set; }

    /// <summary>
    /// Packs, computes the terms, checks every self-covariance, and hands K(x, x), Θ(x, x) of each block to
    /// <paramref name="receive"/> where given.
    /// </summary>
    public void Prepare(TileRunner runner, string side, KernelOutputs outputs, Action<Tile, RegisterFile<T>>? receive = null)
    {
        var check = new SelfCovarianceCheck(side, _plan.Program, ExecutionReport.PrecisionOf<T>());
        nint size = Terms.BlockSize, blocks = (_samples.Count + size - 1) / size;
        var gate = new Lock();
        runner.Run(blocks, () => new RegisterFile<T>(_plan.Slots.Count, 1, size), (block, registers) =>
        {
            nint first = block * size, count = Math.Min(size, _samples.Count - first);
            Inputs.Pack(first, count);
            var tile = new Tile(first, first, count, count);
            DualAccuracy accuracy = RunBlock(tile, registers, outputs.HasFlag(KernelOutputs.Ntk), check, runner.Cancellation);
            receive?.Invoke(tile, registers);
            lock (gate) Accuracy = Accuracy.Or(accuracy);
        });
        check.ThrowIfFailed();
    }

    public void Dispose()
    {
        Inputs.Dispose();
        Terms.Dispose();
    }

    private DualAccuracy RunBlock(Tile tile, RegisterFile<T> registers, bool withTheta, SelfCovarianceCheck check, CancellationToken cancellation)
    {
        using var products = new TileProducts<T>(_samples.Shape, default, 0, 0);
        products.MoveTo(tile, Inputs, Inputs);
        int width = PackedPanels<T>.Width;
        var strip = new Strip<T>
        {
            Registers = registers,
            Products = products,
            Rows = 1,
            Columns = (tile.Columns + width - 1) / width * width,
            TileColumns = (tile.Columns + width - 1) / width * width,
            WithTheta = withTheta,
            TermStride = Terms.BlockSize,
            Positions = _plan.Program.Input.PositionCount,
        };
        DualAccuracy accuracy = default;
        for (int s = 0; s < strip.Positions; s++)
        {
            strip.Position = s;
            foreach (PlannedStep<T> step in _plan.Positioned) Run(step, ref strip);
        }

        strip.Position = 0;
        strip.Positions = 1;
        foreach (PlannedStep<T> step in _plan.Single) Run(step, ref strip);
        return accuracy;

        void Run(PlannedStep<T> step, ref Strip<T> strip)
        {
            cancellation.ThrowIfCancellationRequested();
            accuracy = accuracy.Or(RunStep(step, tile, ref strip, check));
        }
    }

    private DualAccuracy RunStep(PlannedStep<T> step, Tile tile, ref Strip<T> strip, SelfCovarianceCheck check)
    {
        if (step.Step is Dual dual)
        {
            T* variances = strip.Registers.K(_plan.Slots.Of(dual.Source));
            for (nint i = 0; i < tile.Columns; i++)
            {
                check.Domain(tile.Column + i, dual.Target, dual.Activation, double.CreateTruncating(variances[i]));
            }
        }

        strip.Left = strip.Right = Terms.At(tile.Column, step.FirstTerm, step.Loop, strip.Position);
        DualAccuracy accuracy = step.Loop.Self(in strip);
        int slot = _plan.Slots.Of(step.Step.Target);
        for (nint i = 0; i < tile.Columns; i++)
        {
            double k = double.CreateTruncating(strip.Registers.K(slot)[i]);
            bool finite = check.Covariance(tile.Column + i, step.Step.Target, k);
            if (!finite || !strip.WithTheta) continue;
            check.Covariance(tile.Column + i, step.Step.Target, double.CreateTruncating(strip.Registers.Theta(slot)[i]), "NTK");
        }

        return accuracy;
    }
}
