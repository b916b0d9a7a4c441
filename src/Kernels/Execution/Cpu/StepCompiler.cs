using System.Diagnostics;
using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu;

/// <summary>Compiles steps to loops.</summary>
internal interface IStepCompiler<T> : IStepReader<StepLoop<T>> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One loop for the pairs of an activation and of the dense layer that alone reads it; null where two are better.</summary>
    StepLoop<T>? Read(Dual step, Affine next);
}

/// <summary>
/// Compiles each step to its loop, closed over its formula, the lane and its slots. Formulas of entries run on
/// <typeparamref name="TTriple"/>: three vectors in turn where there are registers enough, else one.
/// </summary>
internal sealed class StepCompiler<TLane, TTriple, T>(SampleShape input, RegisterSlots slots) : IStepCompiler<T>
    where TLane : struct, IStoredLane<TLane, T>
    where TTriple : struct, IStoredLane<TTriple, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public StepLoop<T> Read(InputProduct step) =>
        new InputLoop<TLane, T>(slots.Of(step.Target), CpuPlan<T>.ReadsWhole(step, input));

    public StepLoop<T> Read(Affine step) => Entry(step.Source, step.Target, new AffineFormula(step));

    public StepLoop<T> Read(Dual step) => step.Activation.Open(new DualCompiler(step, slots));

    public StepLoop<T>? Read(Dual step, Affine next) => step.Activation.Open(new DenseDualCompiler(step, next, slots));

    public StepLoop<T> Read(Combine step) =>
        new CombineLoop<TLane, T>([.. step.From.Select(slots.Of)], [.. step.Weights], slots.Of(step.Target));

    public StepLoop<T> Read(Multiply step) => new MultiplyLoop<TLane, T>([.. step.From.Select(slots.Of)], slots.Of(step.Target));

    public StepLoop<T> Read(Normalize step) => Entry(step.Source, step.Target, new NormalizeFormula(step.Epsilon));

    public StepLoop<T> Read(Drop step) => new DropLoop<T>(slots.Of(step.Source), slots.Of(step.Target), step.KeepProbability);

    public StepLoop<T> Read(FlattenPositions step) =>
        new FlattenLoop<TLane, T>(slots.Of(step.Source), slots.Of(step.Target), slots.CarryOf(step.Target));

    public StepLoop<T> Read(TapSum step) => throw OverPositions();

    public StepLoop<T> Read(MixPositions step) => throw OverPositions();

    public StepLoop<T> Read(ConcatPositions step) => throw OverPositions();

    private static UnreachableException OverPositions() => new("Programs with steps over positions run plane by plane.");

    private EntryLoop<TTriple, T, TFormula> Entry<TFormula>(int source, int target, TFormula formula)
        where TFormula : struct, IEntryFormula => new(slots.Of(source), slots.Of(target), formula);

    private sealed class DualCompiler(Dual step, RegisterSlots slots) : IDualUser<StepLoop<T>>
    {
        public StepLoop<T> Use<TDual>(TDual dual) where TDual : struct, IDual
        {
            var formula = new DualFormula<TDual>(dual);
            return TDual.IsLong
                ? new EntryLoop<TLane, T, DualFormula<TDual>>(slots.Of(step.Source), slots.Of(step.Target), formula)
                : new EntryLoop<TTriple, T, DualFormula<TDual>>(slots.Of(step.Source), slots.Of(step.Target), formula);
        }

        public StepLoop<T> Use(SeriesDual series) =>
            new SeriesLoop<TTriple, T>(slots.Of(step.Source), slots.Of(step.Target), step.Activation, series);

        public StepLoop<T> Use(QuadratureDual quadrature) =>
            new QuadratureLoop<T>(slots.Of(step.Source), slots.Of(step.Target), quadrature);
    }

    private sealed class DenseDualCompiler(Dual step, Affine next, RegisterSlots slots) : IDualUser<StepLoop<T>?>
    {
        public StepLoop<T>? Use<TDual>(TDual dual) where TDual : struct, IDual => TDual.IsLong
            ? null
            : new EntryLoop<TTriple, T, DenseDualFormula<TDual>>(
                slots.Of(step.Source), slots.Of(next.Target),
                new DenseDualFormula<TDual>(new DualFormula<TDual>(dual), new AffineFormula(next)));

        public StepLoop<T>? Use(SeriesDual series) => null;

        public StepLoop<T>? Use(QuadratureDual quadrature) => null;
    }
}
