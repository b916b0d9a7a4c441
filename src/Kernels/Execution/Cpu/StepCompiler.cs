using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Inputs;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>Compiles each step to its loop, closed over its formula, the lane and its slots.</summary>
internal sealed class StepCompiler<TLane, T>(SampleShape input, RegisterSlots slots) : IStepReader<StepLoop<T>>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public StepLoop<T> Read(InputProduct step) =>
        new InputLoop<TLane, T>(slots.Of(step.Target), CpuPlan<T>.ReadsWhole(step, input));

    public StepLoop<T> Read(Affine step) => Entry(step.Source, step.Target, new AffineFormula(step));

    public StepLoop<T> Read(Dual step) => step.Activation.Open(new DualCompiler(step, slots));

    public StepLoop<T> Read(Combine step) =>
        new CombineLoop<TLane, T>([.. step.From.Select(slots.Of)], [.. step.Weights], slots.Of(step.Target));

    public StepLoop<T> Read(Multiply step) => new MultiplyLoop<TLane, T>([.. step.From.Select(slots.Of)], slots.Of(step.Target));

    public StepLoop<T> Read(Normalize step) => Entry(step.Source, step.Target, new NormalizeFormula(step.Epsilon));

    public StepLoop<T> Read(Drop step) => new DropLoop<T>(slots.Of(step.Source), slots.Of(step.Target), step.KeepProbability);

    public StepLoop<T> Read(FlattenPositions step) =>
        new FlattenLoop<TLane, T>(slots.Of(step.Source), slots.Of(step.Target), slots.CarryOf(step.Target));

    public StepLoop<T> Read(TapSum step) => throw new NotSupportedException("Spatial steps arrive with the plane executor.");

    public StepLoop<T> Read(MixPositions step) => throw new NotSupportedException("Spatial steps arrive with the plane executor.");

    public StepLoop<T> Read(ConcatPositions step) => throw new NotSupportedException("Spatial steps arrive with the plane executor.");

    private EntryLoop<TLane, T, TFormula> Entry<TFormula>(int source, int target, TFormula formula)
        where TFormula : struct, IEntryFormula => new(slots.Of(source), slots.Of(target), formula);

    private sealed class DualCompiler(Dual step, RegisterSlots slots) : IDualUser<StepLoop<T>>
    {
        public StepLoop<T> Use<TDual>(TDual dual) where TDual : struct, IDual =>
            new EntryLoop<TLane, T, DualFormula<TDual>>(slots.Of(step.Source), slots.Of(step.Target), new DualFormula<TDual>(dual));

        public StepLoop<T> Use(SeriesDual series) =>
            new SeriesLoop<TLane, T>(slots.Of(step.Source), slots.Of(step.Target), step.Activation, series);

        public StepLoop<T> Use(QuadratureDual quadrature) =>
            new QuadratureLoop<T>(slots.Of(step.Source), slots.Of(step.Target), quadrature);
    }
}
