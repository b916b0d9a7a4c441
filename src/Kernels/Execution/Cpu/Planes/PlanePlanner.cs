using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Execution.Cpu.Formulas;
using InfiniteNtk.Kernels.Execution.Cpu.Loops;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Programs.Supports;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>
/// Turns each step into actions: a step that reads the plane of the same key only becomes a loop over one plane; one that mixes planes
/// becomes a loop that adds each source plane to the planes of a register of the next level.
/// </summary>
internal sealed class PlanePlanner<TLane, TTriple, T> : IStepReader<PlaneRegister>
    where TLane : struct, IStoredLane<TLane, T>
    where TTriple : struct, IStoredLane<TTriple, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A plane that more planes are added to carries its rounding errors along.</summary>
    private const int PlainSources = 32;

    private readonly KernelProgram _program;
    private readonly IReadOnlyList<ValueList<int>> _shapes;
    private readonly ProgramSupports _supports, _diagonal;
    private readonly Step?[] _onlyReaders;
    private readonly Dictionary<OffsetSet, PlaneFamily> _families = [];
    private readonly List<PlaneRegister> _all = [], _written = [];
    private readonly List<PlaneAction> _actions = [];
    private readonly Dictionary<int, TapSum> _pending = [];
    private nint _termCount;
    private int _longestRow = 1, _mostRows = 1;

    public PlanePlanner(KernelProgram program)
    {
        _program = program;
        _shapes = ProgramShapes.Of(program);
        _supports = ProgramSupports.Of(program);
        _diagonal = ProgramSupports.Of(program, diagonal: true);
        _onlyReaders = RegisterReaders.Only(program);
    }

    /// <summary>All actions and registers.</summary>
    public PlaneBuild<T> Build()
    {
        foreach (Step step in _program.Steps) _written.Add(step.Accept(this));
        _written[^1].Kept = true;
        _all.Remove(_written[^1]);
        _all.Add(_written[^1]);
        var families = new PlaneFamily[_families.Count];
        foreach (PlaneFamily family in _families.Values) families[family.Number] = family;
        return new PlaneBuild<T>(_actions, _all, _termCount, _longestRow, _mostRows, families, new ValueScan<TLane, T>());
    }

    public PlaneRegister Read(InputProduct step) =>
        Local(step, [], new InputPlaneLoop<TLane, T>(step.Flattened ? _program.Input.Size : _program.Input.Channels));

    public PlaneRegister Read(Affine step) => Local(step, [step.Source], Entry(new AffineFormula(step)));

    public PlaneRegister Read(Dual step) => Local(step, [step.Source], step.Activation.Open(new DualCompiler(step.Activation)));

    public PlaneRegister Read(Combine step)
    {
        int fused = step.From.Count == 2 ? Enumerable.Range(0, 2).LastOrDefault(i => _pending.ContainsKey(step.From[i]), -1) : -1;
        if (fused < 0) return Local(step, step.From, new CombinePlaneLoop<TLane, T>([.. step.Weights]));
        TapSum tap = _pending[step.From[fused]];
        int other = step.From[1 - fused];
        if (_pending.TryGetValue(other, out TapSum? unfused)) _written[other] = TapSums(unfused, _written[unfused.Source], Register(other, _written[unfused.Source].Level));
        PlaneRegister source = _written[tap.Source], kept = InFamily(step, _written[other], FamilyOf(step.Target));
        NoteScratch(tap);
        return Local(
            step, [source, kept], Register(step.Target, Math.Max(source.Level, kept.Level)),
            Window(tap, step.Weights[fused], step.Weights[1 - fused]));
    }

    public PlaneRegister Read(Multiply step) => Local(step, step.From, new MultiplyPlaneLoop<TLane, T>(step.From.Count));

    public PlaneRegister Read(Normalize step) => Local(step, [step.Source], step.MeanAxes.Count == 0
        ? Entry(new NormalizeFormula(step.Epsilon))
        : new MeanVarianceLoop<TLane, T>(step.Epsilon, PositionMaps.Groups(_shapes[step.Source], step.MeanAxes)));

    public PlaneRegister Read(Drop step) => Local(step, [step.Source], new DropPlaneLoop<T>(step.KeepProbability, TLane.Count));

    public PlaneRegister Read(FlattenPositions step)
    {
        PlaneFamily source = _written[step.Source].Family;
        return Push(step, [(step.Source, new SumPushLoop<TLane, T>(1.0 / source.Positions, source.PlaneOf(new int[source.Extents.Length])))]);
    }

    public PlaneRegister Read(TapSum step)
    {
        PlaneRegister source = _written[step.Source];
        if (!IsFused(step, source.Family)) return TapSums(step, source, Register(step.Target, source.Level));
        _pending[step.Target] = step;
        return source;
    }

    public PlaneRegister Read(MixPositions step)
    {
        PlaneFamily source = _written[step.Source].Family;
        if (step.Axes.All(axis => axis is GlobalPoolAxis))
        {
            double weight = step.Axes.Aggregate(1.0, (product, axis) => product * ((GlobalPoolAxis)axis).Weights(0)[0].Weight);
            return Push(step, [(step.Source, new SumPushLoop<TLane, T>(weight * weight, null))]);
        }

        PlaneFamily target = FamilyOf(step.Target);
        int kept = 0;
        AxisTransfer[] axes = [.. step.Axes.Select((map, i) => AxisTransfer.Of(
            map, source.Kept.Axes[i], map.RemovesAxis ? AxisOffsets.Zero(1) : target.Kept.Axes[kept++]))];
        return Push(step, [(step.Source, new TransferPushLoop<TLane, T>(source, axes))]);
    }

    public PlaneRegister Read(ConcatPositions step)
    {
        PlaneFamily target = FamilyOf(step.Target);
        int first = 0;
        var loops = new List<(int Source, PushLoop<T> Loop)>();
        foreach (int from in step.From)
        {
            PlaneFamily source = _written[from].Family;
            int start = first;
            AxisTransfer[] axes = [.. target.Kept.Axes.Select((axis, i) => AxisTransfer.Shift(i == step.Axis ? start : 0, source.Kept.Axes[i], axis))];
            loops.Add((from, new TransferPushLoop<TLane, T>(source, axes)));
            first += source.Extents[step.Axis];
        }

        return Push(step, loops);
    }

    private static EntryPlaneLoop<TLane, TTriple, T, TFormula> Entry<TFormula>(TFormula formula) where TFormula : struct, IEntryFormula => new(formula);

    private static PlaneLoop<T> Window(TapSum step, double factor = 1, double? kept = null) =>
        SquarePlaneLoop<TLane, T, Unchanged>.IsFor(step)
            ? new SquarePlaneLoop<TLane, T, Unchanged>(new TapEnd(step, factor, kept ?? 0), kept is not null, default) : new WindowPlaneLoop<TLane, T>(step, factor, kept);

    private PlaneFamily FamilyOf(int register) => Register(register, 0, add: false).Family;

    private PlaneRegister Register(int number, int level, bool add = true)
    {
        OffsetSet?[] needed = [_supports.Cross[number], _supports.Self[number], _diagonal.Self[number]];
        OffsetSet kept = needed.OfType<OffsetSet>().Append(OffsetSet.Diagonal(_shapes[number])).Aggregate((one, other) => one.Union(other));
        if (!_families.TryGetValue(kept, out PlaneFamily? family)) _families[kept] = family = new PlaneFamily(kept, _families.Count);
        var register = new PlaneRegister(family, needed) { Level = level };
        if (add) _all.Add(register);
        return register;
    }

    private PlaneRegister Local(Step step, IEnumerable<int> sources, PlaneLoop<T> loop)
    {
        PlaneRegister[] read = [.. sources.Select(source => _written[source])];
        PlaneFamily family = FamilyOf(step.Target);
        for (int i = 0; i < read.Length; i++) read[i] = InFamily(step, read[i], family);
        return Local(step, read, Register(step.Target, read.Select(register => register.Level).DefaultIfEmpty(0).Max()), loop);
    }

    private PlaneRegister Local(Step step, PlaneRegister[] sources, PlaneRegister target, PlaneLoop<T> loop)
    {
        foreach (PlaneRegister source in sources.Where(source => source.Level < target.Level)) source.Kept = true;
        _actions.Add(new LocalAction<T>(step, sources, target, loop, _termCount));
        if (loop.TermCount > 0) _termCount += (nint)loop.TermCount * sources[0].Family.Positions;
        return target;
    }

    /// <summary>A register whose planes have the shape of the target's: the register itself, or a copy where one is a ring and the other is not.</summary>
    private PlaneRegister InFamily(Step step, PlaneRegister source, PlaneFamily family)
    {
        bool same = source.Family.Kept.Axes.Zip(family.Kept.Axes, (one, other) => one.Cyclic == other.Cyclic || IsDiagonal(other)).All(equal => equal);
        if (same) return source;
        var identity = new TapSum(
            step.Target, step.Sources[0], family.Extents.Select(extent => new AxisWindow(extent, extent, 1, 1, 0)).ToValueList(), 1, 0, 0, 0);

        // The terms of an activation or a normalisation are found from the variances that it reads, whether or not its own are needed.
        OffsetSet?[] needed = [.. Register(step.Target, 0, add: false).Needed.Select(set => set ?? (step is Dual or Normalize ? OffsetSet.Diagonal(_shapes[step.Target]) : null))];
        var copy = new PlaneRegister(family, needed) { Level = source.Level };
        _all.Add(copy);
        return TapSums(identity, source, copy);
    }

    /// <summary>
    /// Whether the sum of two branches that a tap sum ends in is computed by it (a residual block): nobody else reads it, and it slides.
    /// </summary>
    private bool IsFused(TapSum step, PlaneFamily source)
    {
        if (step.Local || _onlyReaders[step.Target] is not Combine { From.Count: 2 } sum || sum.From[0] == sum.From[1]) return false;
        ValueList<AxisOffsets> to = FamilyOf(sum.Target).Kept.Axes;
        return step.Axes.Select((axis, i) => Slides(axis, source.Kept.Axes[i], to[i])).All(slides => slides);
    }

    private void NoteScratch(TapSum step)
    {
        _longestRow = Math.Max(_longestRow, WindowPlaneLoop<TLane, T>.LongestRow(step));
        _mostRows = Math.Max(_mostRows, step.Axes.SkipLast(1).Aggregate(1, (rows, axis) => checked(rows * axis.Filter)));
    }

    /// <summary>A tap sum within planes, or its sums added to a register of the next level and then weighted there.</summary>
    private PlaneRegister TapSums(TapSum step, PlaneRegister source, PlaneRegister target)
    {
        NoteScratch(step);
        (ValueList<AxisOffsets> from, ValueList<AxisOffsets> to) = (source.Family.Kept.Axes, target.Family.Kept.Axes);
        if (step.Axes.Select((axis, i) => Slides(axis, from[i], to[i])).All(slides => slides))
        {
            return Local(step, [source], target, Window(step));
        }

        AxisTransfer[] axes = [.. step.Axes.Select((axis, i) => AxisTransfer.Of(axis, from[i], to[i]))];
        if (step.Local || axes.All(axis => axis.KeepsKeys)) return Local(step, [source], target, new GatherPlaneLoop<TLane, T>(step, axes));
        // It was added last, or nearly.
        _all.RemoveAt(_all.LastIndexOf(target));
        var sums = new PlaneRegister(target.Family, target.Needed) { Level = source.Level + 1 };
        var weighted = new PlaneRegister(target.Family, target.Needed) { Level = source.Level + 1 };
        _all.AddRange([sums, weighted]);
        Push(step, sums, [(source, new TransferPushLoop<TLane, T>(source.Family, axes))]);
        double taps = step.Axes.Aggregate(1.0, (product, axis) => product * axis.Filter);
        var end = new Affine(step.Target, step.Source, step.WeightVariance / taps, step.BiasVariance, step.NtkScale / taps, step.NtkShift);
        return Local(step, [sums], weighted, Entry(new AffineFormula(end)));
    }

    /// <summary>Whether a window moves over the planes of an axis as over positions.</summary>
    private static bool Slides(AxisWindow window, AxisOffsets source, AxisOffsets target)
    {
        if (window.Stride != 1 || window.Transposed) return false;
        return window.Circular
            ? window.Extent == window.OutputExtent && (source.Cyclic || IsDiagonal(source)) && (target.Cyclic || IsDiagonal(target))
            : !source.Cyclic && !target.Cyclic;
    }

    private static bool IsDiagonal(AxisOffsets axis) => axis is { Count: 1, First: 0 };

    private PlaneRegister Push(Step step, IReadOnlyList<(int Source, PushLoop<T> Loop)> loops)
    {
        PlaneRegister target = Register(step.Target, loops.Max(loop => _written[loop.Source].Level) + 1);
        return Push(step, target, [.. loops.Select(loop => (_written[loop.Source], loop.Loop))]);
    }

    private PlaneRegister Push(Step step, PlaneRegister target, IReadOnlyList<(PlaneRegister Source, PushLoop<T> Loop)> loops)
    {
        int planes = target.Family.Count;
        (int[] sources, bool[] ahead, bool[] behind) = (new int[planes], new bool[planes], new bool[planes]);
        foreach ((PlaneRegister source, PushLoop<T> loop) in loops)
        {
            _mostRows = Math.Max(_mostRows, loop.MostRows);
            for (int from = 0; from < source.Family.Count; from++)
            {
                int[] targets = loop.TargetsOf(from);
                if (targets.Length == 0) continue;
                int sign = Math.Sign(source.Family.KeyOf(from).FirstOrDefault(offset => offset != 0));
                foreach (int to in targets)
                {
                    sources[to]++;
                    ahead[to] |= sign > 0;
                    behind[to] |= sign < 0;
                }
            }

            _actions.Add(new PushAction<T>(step, [source], target, loop));
        }

        bool compensated = loops.Any(loop => loop.Loop is SumPushLoop<TLane, T>) || sources.Any(count => count > PlainSources);
        target.Sums = new AccumulatorLayout(target.Family, compensated, [.. ahead.Zip(behind, (one, other) => one && other)]);
        return target;
    }

    private sealed class DualCompiler(Activation activation) : IDualUser<PlaneLoop<T>>
    {
        public PlaneLoop<T> Use<TDual>(TDual dual) where TDual : struct, IDual => TDual.IsLong
            ? new EntryPlaneLoop<TLane, TLane, T, DualFormula<TDual>>(new DualFormula<TDual>(dual))
            : Entry(new DualFormula<TDual>(dual));

        public PlaneLoop<T> Use(SeriesDual series) => new SeriesPlaneLoop<TLane, T>(activation, series);

        public PlaneLoop<T> Use(QuadratureDual quadrature) => new QuadraturePlaneLoop<T>(quadrature, TLane.Count);
    }
}
