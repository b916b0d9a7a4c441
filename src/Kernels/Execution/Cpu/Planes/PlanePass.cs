using System.Numerics;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Geometry;
using InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;
using InfiniteNtk.Kernels.Matrices;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes;

/// <summary>One worker's registers, and the pass of a program through them: segment by segment, plane by plane, step by step.</summary>
internal sealed unsafe class PlanePass<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What left samples that are taken through a plane together may occupy of the second-level cache, and planes that each has in work.</summary>
    private const nint CachedBytes = 512 << 10, WorkingPlanes = 2;

    private readonly PlanePlan<T> _plan;
    private readonly CancellationToken _cancellation;
    private readonly NativeBuffer _numbers;
    private readonly PlaneScratch<T> _scratch;
    private readonly PlaneView[] _views;
    private readonly Accumulator<T>?[][] _sums;
    private readonly PlaneCheck<T> _check;
    private readonly int _mostSources;
    private readonly nint _stride;

    /// <param name="plan">The plan.</param>
    /// <param name="lefts">Left samples that are computed together at most.</param>
    /// <param name="cancellation">Asked before each step of a plane.</param>
    public PlanePass(PlanePlan<T> plan, int lefts, CancellationToken cancellation)
    {
        (_plan, _cancellation) = (plan, cancellation);
        _stride = plan.Numbers * plan.Lanes;
        _numbers = new NativeBuffer(checked(_stride * lefts * sizeof(T)));
        _scratch = new PlaneScratch<T>(plan.LongestRow, plan.Lanes, plan.MostRows);
        _views = [.. plan.Families.Select(family => new PlaneView(family))];
        _sums = [.. Enumerable.Range(0, lefts).Select(left => plan.Registers.Select(register => SumsOf(register, left)).ToArray())];
        _check = new PlaneCheck<T>(plan);
        _mostSources = plan.Segments.SelectMany(segment => segment.Actions).Select(action => action.Sources.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>How accurate activations without closed form are, so far.</summary>
    public DualAccuracy Accuracy { get; private set; }

    public static double BytesFor(PlanePlan<T> plan, int lefts) =>
        (double)plan.Numbers * plan.Lanes * sizeof(T) * lefts + PlaneScratch<T>.BytesFor(plan.LongestRow, plan.Lanes, plan.MostRows);

    /// <summary>K and Θ of the output after a pass, a number for each lane.</summary>
    public PlaneBlock<T> Output(int left) => Block(_plan.Output, 0, left);

    /// <summary>Computes what <paramref name="purpose"/> needs.</summary>
    public void Run(PlanePurpose purpose, in PlaneSides<T> sides)
    {
        for (int left = 0; left < sides.Lefts; left++)
        {
            foreach (Accumulator<T>? sums in _sums[left]) sums?.Clear();
        }

        foreach (PlaneSegment segment in _plan.Segments)
        {
            foreach (PlaneRegister input in segment.Inputs)
            {
                for (int left = 0; left < sides.Lefts; left++) _sums[left][input.Number]!.Finish(input.NeededPlanes[(int)purpose], sides.WithTheta);
            }

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
        if (!IsComputed(segment, index, purpose)) return;
        Open(segment, index);
        nint together = Math.Max(1, CachedBytes / (WorkingPlanes * BytesOf(segment)));
        for (int first = 0; first < sides.Lefts; first += (int)together)
        {
            RunSteps(segment, index, purpose, first, (int)Math.Min(sides.Lefts, first + together), in sides);
        }
    }

    private void RunSteps(PlaneSegment segment, int index, PlanePurpose purpose, int firstLeft, int end, in PlaneSides<T> sides)
    {
        if (purpose == PlanePurpose.Pairs) FetchSums(segment, index, firstLeft, end, in sides);
        foreach (PlaneAction planned in purpose == PlanePurpose.Pairs ? segment.PairActions : segment.Actions)
        {
            // A plane that only the readers in between need is left to the first of two joined actions.
            PlaneAction action = planned is LocalAction<T> { Shared: { } first } && !Needs(segment, planned.Target, index, purpose) ? first : planned;
            bool source = action.Sources.Length > 0 && Needs(segment, action.Sources[0], index, purpose);
            bool terms = source && purpose != PlanePurpose.Pairs && segment.Signs[index] == 0 && action is LocalAction<T> { Loop.TermCount: > 0 };
            bool computes = action.IsPush ? source : Needs(segment, action.Target, index, purpose);
            if (!terms && !computes) continue;
            _cancellation.ThrowIfCancellationRequested();
            if (action is PushAction<T> push) Push(push, segment, index, purpose, firstLeft, end, in sides);
            else Compute((LocalAction<T>)action, segment, index, purpose, computes, firstLeft, end, in sides);
        }
    }

    /// <summary>Whether a plane is read or written at all.</summary>
    private static bool IsComputed(PlaneSegment segment, int index, PlanePurpose purpose)
    {
        foreach (PlaneAction action in segment.Actions)
        {
            if (action.Sources.Length > 0 && Needs(segment, action.Sources[0], index, purpose)) return true;
            if (!action.IsPush && Needs(segment, action.Target, index, purpose)) return true;
        }

        return false;
    }

    private static bool Needs(PlaneSegment segment, PlaneRegister register, int index, PlanePurpose purpose)
    {
        int plane = segment.Planes[register.Family.Number][index];
        return plane >= 0 && register.NeededPlanes[(int)purpose][plane];
    }

    /// <summary>Bytes of K and Θ of the largest open plane.</summary>
    private nint BytesOf(PlaneSegment segment)
    {
        int largest = 1;
        foreach (PlaneFamily family in segment.Families) largest = Math.Max(largest, _views[family.Number].Positions);
        return 2 * (nint)largest * _plan.Lanes * sizeof(T);
    }

    private void Open(PlaneSegment segment, int index)
    {
        foreach (PlaneFamily family in segment.Families)
        {
            int plane = segment.Planes[family.Number][index];
            if (plane >= 0) _views[family.Number].MoveTo(segment.Keys[index], plane);
        }
    }

    /// <summary>The sums that a plane will be added to were last used planes ago: they are asked for before the plane is computed.</summary>
    private void FetchSums(PlaneSegment segment, int index, int first, int end, in PlaneSides<T> sides)
    {
        foreach (PlaneAction action in segment.PairActions)
        {
            if (action is not PushAction<T> push || !Needs(segment, push.Sources[0], index, PlanePurpose.Pairs)) continue;
            PushFrame<T> frame = FrameOf(push, segment, index, PlanePurpose.Pairs, in sides);
            for (int left = first; left < end; left++)
            {
                frame.Target = _sums[left][push.Target.Number]!;
                push.Loop.Fetch(in frame);
            }
        }
    }

    private PushFrame<T> FrameOf(PushAction<T> action, PlaneSegment segment, int index, PlanePurpose purpose, in PlaneSides<T> sides) => new()
    {
        View = _views[action.Sources[0].Family.Number],
        Sign = segment.Signs[index],
        Active = action.Target.NeededPlanes[(int)purpose],
        WithTheta = sides.WithTheta,
        Scratch = _scratch,
    };

    private void Push(PushAction<T> action, PlaneSegment segment, int index, PlanePurpose purpose, int first, int end, in PlaneSides<T> sides)
    {
        PushFrame<T> frame = FrameOf(action, segment, index, purpose, in sides);
        for (int left = first; left < end; left++)
        {
            frame.Source = Block(action.Sources[0], frame.View.Plane, left);
            frame.Target = _sums[left][action.Target.Number]!;
            action.Loop.Add(in frame);
        }
    }

    private void Compute(LocalAction<T> action, PlaneSegment segment, int index, PlanePurpose purpose, bool computes, int first, int end, in PlaneSides<T> sides)
    {
        PlaneBlock<T>* sources = stackalloc PlaneBlock<T>[_mostSources];
        bool reads = action.Sources.Length > 0 && segment.Planes[action.Sources[0].Family.Number][index] >= 0;
        nint terms = action.Sources.Length == 0 ? 0 : _plan.InputSize + action.FirstTerm;
        var frame = new PlaneFrame<T>
        {
            View = _views[action.Target.Family.Number],
            SourceView = reads ? _views[action.Sources[0].Family.Number] : null,
            Sources = sources,
            Right = sides.Right + terms * _plan.Lanes,
            Positions = action.Sources.Length == 0 ? 1 : action.Sources[0].Family.Positions,
            WithTheta = sides.WithTheta && !(purpose == PlanePurpose.Pairs && action.Target.ThetaIsImplied),
            SourceThetaIsZero = purpose == PlanePurpose.Pairs && action.Sources.Length > 0 && action.Sources[0].ThetaIsImplied,
            Lefts = action.Loop.TakesLefts ? end - first : 1,
            LeftStep = _plan.SideNumbers,
            TargetStep = _stride,
            IsDiagonal = segment.Signs[index] == 0,
            Lanes = sides.Lanes,
            Scratch = _scratch,
        };
        for (int left = first; left < end; left += frame.Lefts)
        {
            for (int i = 0; i < action.Sources.Length; i++)
            {
                int plane = segment.Planes[action.Sources[i].Family.Number][index];
                sources[i] = plane >= 0 ? Block(action.Sources[i], plane, left) : default;
            }

            if (computes) frame.Target = Block(action.Target, frame.View.Plane, left);
            if (action.Shared is { Target: var between }) frame.Between = Block(between, segment.Planes[between.Family.Number][index], left);
            if (purpose == PlanePurpose.Pairs)
            {
                nint same = sides.FirstSame + left;
                frame.Left = sides.Left + left * _plan.SideNumbers + terms;
                frame.SameLane = same >= 0 && same < _plan.Lanes ? (int)same : -1;
                action.Loop.Pairs(in frame);
            }
            else
            {
                frame.Left = frame.Right;
                frame.SameLane = PlaneFrame<T>.EachLane;
                WithThemselves(action, ref frame, reads, computes, in sides);
            }
        }
    }

    private void WithThemselves(LocalAction<T> action, ref PlaneFrame<T> frame, bool reads, bool computes, in PlaneSides<T> sides)
    {
        if (frame.IsDiagonal && reads)
        {
            _check.Domain(action, in frame, in sides);
            Accuracy = Accuracy.Or(action.Loop.WriteTerms(in frame));
        }

        if (!computes) return;
        action.Loop.Selves(in frame);
        if (frame.IsDiagonal) _check.Values(action, in frame, in sides);
    }

    private PlaneBlock<T> Block(PlaneRegister register, int plane, int left)
    {
        if (register.Sums is not null) return _sums[left][register.Number]!.Sums(plane, 0);
        PlaneFamily family = register.Family;
        T* k = At(register.Start + (register.Kept ? 2 * family.StartOf(plane) : 0), left);
        return new PlaneBlock<T>(k, k + (family.StartOf(plane + 1) - family.StartOf(plane)) * _plan.Lanes);
    }

    private Accumulator<T>? SumsOf(PlaneRegister register, int left) =>
        register.Sums is null ? null : new Accumulator<T>(register.Sums, At(register.Start, left), _plan.Lanes);

    private T* At(nint number, int left) => (T*)_numbers.Pointer + left * _stride + number * _plan.Lanes;
}
