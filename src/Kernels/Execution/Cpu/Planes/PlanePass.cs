using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>One worker's registers, and the pass of a program through them: segment by segment, plane by plane, step by step.</summary>
internal sealed unsafe class PlanePass<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PlanePlan<T> _plan;
    private readonly NativeBuffer _numbers;
    private readonly PlaneScratch<T> _scratch;
    private readonly Dictionary<PlaneFamily, PlaneView> _views;
    private readonly Dictionary<PlaneRegister, Accumulator<T>> _sums;
    private readonly int _mostSources;

    public PlanePass(PlanePlan<T> plan)
    {
        _plan = plan;
        _numbers = new NativeBuffer(checked(plan.Numbers * plan.Lanes * sizeof(T)));
        _scratch = new PlaneScratch<T>(plan.LongestRow, plan.Lanes, plan.MostRows);
        _views = plan.Families.ToDictionary(family => family, family => new PlaneView(family));
        _sums = plan.Registers.Where(register => register.Sums is not null)
            .ToDictionary(register => register, register => new Accumulator<T>(register.Sums!, At(register.Start), plan.Lanes));
        _mostSources = plan.Segments.SelectMany(segment => segment.Actions).Select(action => action.Sources.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>K of the output after a pass, a number for each lane.</summary>
    public T* K => Block(_plan.Output, 0).K;

    /// <summary>Θ of the output.</summary>
    public T* Theta => Block(_plan.Output, 0).Theta;

    /// <summary>The largest relative tail of a series, so far.</summary>
    public double Tail { get; private set; }

    public static double BytesFor(PlanePlan<T> plan) =>
        (double)plan.Numbers * plan.Lanes * sizeof(T) + PlaneScratch<T>.BytesFor(plan.LongestRow, plan.Lanes, plan.MostRows);

    /// <summary>Computes what <paramref name="purpose"/> needs, for one pair of sides.</summary>
    public void Run(PlanePurpose purpose, in PlaneSides<T> sides)
    {
        foreach (Accumulator<T> sums in _sums.Values) sums.Clear();
        foreach (PlaneSegment segment in _plan.Segments)
        {
            foreach (PlaneRegister input in segment.Inputs) _sums[input].Finish(input.NeededPlanes[(int)purpose], sides.WithTheta);
            for (int i = 0; i < segment.Keys.Length; i++) RunPlane(segment, i, purpose, in sides);
        }
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _scratch.Dispose();
    }

    private void RunPlane(PlaneSegment segment, int index, PlanePurpose purpose, in PlaneSides<T> sides)
    {
        bool opened = false;
        foreach (PlaneAction action in segment.Actions)
        {
            bool source = action.Sources.Length > 0 && Needs(segment, action.Sources[0], index, purpose);
            bool terms = source && purpose != PlanePurpose.Pairs && segment.Signs[index] == 0 && action is LocalAction<T> { Loop.TermCount: > 0 };
            if (!terms && !(action.IsPush ? source : Needs(segment, action.Target, index, purpose))) continue;
            if (!opened)
            {
                Open(segment, index);
                opened = true;
            }

            if (action is PushAction<T> push) Push(push, segment, index, purpose, sides.WithTheta);
            else Compute((LocalAction<T>)action, segment, index, purpose, in sides);
        }
    }

    private static bool Needs(PlaneSegment segment, PlaneRegister register, int index, PlanePurpose purpose)
    {
        int plane = segment.PlanesOf(register.Family)[index];
        return plane >= 0 && register.NeededPlanes[(int)purpose][plane];
    }

    private void Open(PlaneSegment segment, int index)
    {
        foreach (PlaneFamily family in segment.Families)
        {
            int plane = segment.PlanesOf(family)[index];
            if (plane >= 0) _views[family].MoveTo(segment.Keys[index], plane);
        }
    }

    private void Push(PushAction<T> action, PlaneSegment segment, int index, PlanePurpose purpose, bool withTheta)
    {
        PlaneView view = _views[action.Sources[0].Family];
        var frame = new PushFrame<T>
        {
            View = view,
            Source = Block(action.Sources[0], view.Plane),
            Sign = segment.Signs[index],
            Target = _sums[action.Target],
            Active = action.Target.NeededPlanes[(int)purpose],
            WithTheta = withTheta,
            Scratch = _scratch,
        };
        action.Loop.Add(in frame);
    }

    private void Compute(LocalAction<T> action, PlaneSegment segment, int index, PlanePurpose purpose, in PlaneSides<T> sides)
    {
        PlaneBlock<T>* sources = stackalloc PlaneBlock<T>[_mostSources];
        for (int i = 0; i < action.Sources.Length; i++)
        {
            int plane = segment.PlanesOf(action.Sources[i].Family)[index];
            if (plane >= 0) sources[i] = Block(action.Sources[i], plane);
        }

        bool reads = action.Sources.Length > 0 && segment.PlanesOf(action.Sources[0].Family)[index] >= 0;
        bool selves = purpose != PlanePurpose.Pairs, computes = Needs(segment, action.Target, index, purpose);
        int size = _plan.Program.Input.Size;
        nint terms = action.Sources.Length == 0 ? 0 : size + action.FirstTerm;
        var frame = new PlaneFrame<T>
        {
            View = _views[action.Target.Family],
            SourceView = reads ? _views[action.Sources[0].Family] : null,
            Target = computes ? Block(action.Target, _views[action.Target.Family].Plane) : default,
            Sources = sources,
            Left = sides.Left + terms * (selves ? _plan.Lanes : 1),
            Right = sides.Right + terms * _plan.Lanes,
            Positions = action.Sources.Length == 0 ? 1 : action.Sources[0].Family.Positions,
            WithTheta = sides.WithTheta,
            IsDiagonal = segment.Signs[index] == 0,
            SameLane = selves ? PlaneFrame<T>.EachLane : sides.SameLane,
            Lanes = sides.Lanes,
            Scratch = _scratch,
        };
        if (!selves)
        {
            action.Loop.Pairs(in frame);
            return;
        }

        if (frame.IsDiagonal && reads)
        {
            CheckDomain(action, in frame, in sides);
            Tail = Math.Max(Tail, action.Loop.WriteTerms(in frame));
        }

        if (!computes) return;
        action.Loop.Selves(in frame);
        if (frame.IsDiagonal) CheckValues(action, in frame, in sides);
    }

    private void CheckDomain(LocalAction<T> action, in PlaneFrame<T> frame, in PlaneSides<T> sides)
    {
        if (sides.Check is not { } check || action.Step is not Dual dual) return;
        for (nint j = 0; j < frame.Positions * _plan.Lanes; j++)
        {
            nint lane = j % _plan.Lanes;
            if (lane < sides.Lanes) check.Domain(sides.FirstSample + lane, dual.Target, dual.Activation, double.CreateTruncating(frame.Sources[0].K[j]));
        }
    }

    private void CheckValues(LocalAction<T> action, in PlaneFrame<T> frame, in PlaneSides<T> sides)
    {
        if (sides.Check is not { } check) return;
        for (nint j = 0; j < (nint)frame.View.Positions * _plan.Lanes; j++)
        {
            nint lane = j % _plan.Lanes;
            if (lane >= sides.Lanes) continue;
            bool finite = check.Covariance(sides.FirstSample + lane, action.Step.Target, double.CreateTruncating(frame.Target.K[j]));
            if (!finite || !sides.WithTheta) continue;
            check.Covariance(sides.FirstSample + lane, action.Step.Target, double.CreateTruncating(frame.Target.Theta[j]), "NTK");
        }
    }

    private PlaneBlock<T> Block(PlaneRegister register, int plane)
    {
        if (register.Sums is not null) return _sums[register].Sums(plane, 0);
        PlaneFamily family = register.Family;
        T* k = At(register.Start + (register.Kept ? 2 * family.StartOf(plane) : 0));
        return new PlaneBlock<T>(k, k + (family.StartOf(plane + 1) - family.StartOf(plane)) * _plan.Lanes);
    }

    private T* At(nint number) => (T*)_numbers.Pointer + number * _plan.Lanes;
}
