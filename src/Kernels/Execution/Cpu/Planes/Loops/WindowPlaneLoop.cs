using System.Numerics;
using System.Runtime.CompilerServices;
using InfiniteNtk.Kernels.Lanes;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;

namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>
/// A tap sum of stride 1 whose planes keep their keys: the rows that a row reads are added, then neighbouring columns. On a ring rows
/// and columns wrap.
/// </summary>
/// <remarks>
/// With three taps along the last axis and at most three rows, three source rows are added in registers, the last three column
/// sums stay there, and each entry is written once; any other window keeps a row of column sums in the first-level cache. The commonest
/// window has its own loop, <see cref="SquarePlaneLoop{TLane, T, TFormula}"/>.
/// </remarks>
internal sealed unsafe class WindowPlaneLoop<TLane, T> : PlaneLoop<T>
    where TLane : struct, IStoredLane<TLane, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AxisWindow[] _axes;
    private readonly bool _local, _three, _keeps;
    private readonly TapEnd _end;

    /// <param name="step">The step.</param>
    /// <param name="factor">All of it times this.</param>
    /// <param name="kept">The weight of the second source, which is added: the other branch of a residual block; 0: there is none.</param>
    public WindowPlaneLoop(TapSum step, double factor = 1, double? kept = null)
    {
        _axes = [.. step.Axes];
        (_local, _keeps) = (step.Local, kept is not null);
        _end = new TapEnd(step, factor, kept ?? 0);
        _three = _axes.Length <= 2 && _axes[^1].Filter == 3 && _axes[^1].Low is >= 0 and <= 2 && (_axes.Length == 1 || _axes[0].Filter <= 3);
    }

    public override bool InPlace => false;

    /// <summary>The longest row of sums that a step needs.</summary>
    public static int LongestRow(TapSum step) => Math.Max(step.Axes[^1].Extent, step.Axes[^1].OutputExtent) + step.Axes[^1].Filter;

    public override void Pairs(in PlaneFrame<T> frame)
    {
        if (_local && !frame.IsDiagonal)
        {
            new Span<T>(frame.Target.K, frame.View.Positions * TLane.Count).Clear();
            if (frame.WithTheta) new Span<T>(frame.Target.Theta, frame.View.Positions * TLane.Count).Clear();
        }
        else if (_three) ThreeRows(in frame);
        else AnyRows(in frame);
    }

    private void ThreeRows(in PlaneFrame<T> frame)
    {
        T* zeros = frame.Scratch.Zeros;
        T** k = stackalloc T*[3], theta = stackalloc T*[3];
        int[] from = frame.SourceView!.Lengths, to = frame.View.Lengths;
        nint width = (nint)from[^1] * TLane.Count, outWidth = (nint)to[^1] * TLane.Count;
        int rows = _axes.Length == 1 ? 1 : to[0];
        for (int row = 0; row < rows; row++)
        {
            for (int tap = 0; tap < 3; tap++)
            {
                int source = _axes.Length == 1 ? (tap == 0 ? 0 : -1) : tap < _axes[0].Filter ? SourceOf(_axes[0], row, tap, from[0]) : -1;
                k[tap] = source < 0 ? zeros : frame.Sources[0].K + source * width;
                theta[tap] = source < 0 ? zeros : frame.Sources[0].Theta + source * width;
            }

            nint start = row * outWidth;
            var kept = _keeps ? new PlaneBlock<T>(frame.Sources[1].K + start, frame.Sources[1].Theta + start) : default;
            var target = new PlaneBlock<T>(frame.Target.K + start, frame.Target.Theta + start);
            if (!frame.WithTheta) Row(k, target.K, kept.K, from[^1], to[^1]);
            else if (_keeps) Row<Yes>(k, theta, target, kept, from[^1], to[^1]);
            else Row<No>(k, theta, target, kept, from[^1], to[^1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TKeep>(T** k, T** theta, PlaneBlock<T> target, PlaneBlock<T> kept, int length, int outLength) where TKeep : struct, IChoice
    {
        T* kOut = target.K, thetaOut = target.Theta;
        nint other = TKeep.Is ? (nint)(kept.K - kOut) : 0, otherTheta = TKeep.Is ? (nint)(kept.Theta - thetaOut) : 0;
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        T* k0 = k[0], k1 = k[1], k2 = k[2], theta0 = theta[0], theta1 = theta[1], theta2 = theta[2];
        AxisWindow axis = _axes[^1];
        nint column = SourceOf(axis, 0, 0, length), next = SourceOf(axis, 0, 1, length);
        TLane first = Column(k0, k1, k2, column), second = Column(k0, k1, k2, next);
        TLane thetaFirst = Column(theta0, theta1, theta2, column), thetaSecond = Column(theta0, theta1, theta2, next);
        int inside = Math.Min(outLength, length - 2 + axis.Low), output = 0;
        for (nint at = (nint)(2 - axis.Low) * TLane.Count; output < inside; output++)
        {
            TLane third = TLane.Load(in k0[at]) + TLane.Load(in k1[at]) + TLane.Load(in k2[at]);
            TLane thetaThird = TLane.Load(in theta0[at]) + TLane.Load(in theta1[at]) + TLane.Load(in theta2[at]);
            end.Write<Yes, TKeep>(first + second + third, thetaFirst + thetaSecond + thetaThird, kOut + other, thetaOut + otherTheta, kOut, thetaOut);
            (first, second, thetaFirst, thetaSecond) = (second, third, thetaSecond, thetaThird);
            at += TLane.Count;
            kOut += TLane.Count;
            thetaOut += TLane.Count;
        }

        for (; output < outLength; output++)
        {
            nint last = SourceOf(axis, output, 2, length);
            TLane third = Column(k0, k1, k2, last), thetaThird = Column(theta0, theta1, theta2, last);
            end.Write<Yes, TKeep>(first + second + third, thetaFirst + thetaSecond + thetaThird, kOut + other, thetaOut + otherTheta, kOut, thetaOut);
            (first, second, thetaFirst, thetaSecond) = (second, third, thetaSecond, thetaThird);
            kOut += TLane.Count;
            thetaOut += TLane.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(T** k, T* kOut, T* kept, int length, int outLength)
    {
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        T* k0 = k[0], k1 = k[1], k2 = k[2];
        AxisWindow axis = _axes[^1];
        TLane first = Column(k0, k1, k2, SourceOf(axis, 0, 0, length)), second = Column(k0, k1, k2, SourceOf(axis, 0, 1, length));
        for (int output = 0; output < outLength; output++)
        {
            TLane third = Column(k0, k1, k2, SourceOf(axis, output, 2, length));
            if (_keeps) end.Write<No, Yes>(first + second + third, default, kept, null, kOut, null);
            else end.Write<No, No>(first + second + third, default, null, null, kOut, null);
            kept += TLane.Count;
            (first, second) = (second, third);
            kOut += TLane.Count;
        }
    }

    /// <summary>The sum of a column of three rows; 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Column(T* row0, T* row1, T* row2, nint column)
    {
        if (column < 0) return TLane.Of(0);
        nint at = column * TLane.Count;
        return TLane.Load(in row0[at]) + TLane.Load(in row1[at]) + TLane.Load(in row2[at]);
    }

    private void AnyRows(in PlaneFrame<T> frame)
    {
        int[] from = frame.SourceView!.Lengths, to = frame.View.Lengths;
        nint outWidth = (nint)to[^1] * TLane.Count;
        int rows = frame.View.Positions / to[^1];
        for (int row = 0; row < rows; row++)
        {
            int count = FindRows(row, from, to, frame.Scratch.Rows);
            nint start = row * outWidth;
            SumRows(frame.Sources[0].K, frame.Scratch.Rows, count, frame.Scratch.Sums, from[^1], to[^1]);
            if (frame.WithTheta) SumRows(frame.Sources[0].Theta, frame.Scratch.Rows, count, frame.Scratch.ThetaSums, from[^1], to[^1]);
            var kept = _keeps ? new PlaneBlock<T>(frame.Sources[1].K + start, frame.Sources[1].Theta + start) : default;
            if (frame.WithTheta) Slide(frame.Scratch, new PlaneBlock<T>(frame.Target.K + start, frame.Target.Theta + start), kept, to[^1]);
            else Slide(frame.Scratch.Sums, frame.Target.K + start, kept.K, to[^1]);
        }
    }

    /// <summary>Where the source rows of a target row start, in entries.</summary>
    private int FindRows(int row, int[] from, int[] to, nint[] rows)
    {
        int found = 0, combinations = 1;
        for (int i = 0; i < _axes.Length - 1; i++) combinations *= _axes[i].Filter;
        for (int combination = 0; combination < combinations; combination++)
        {
            int rest = row, taps = combination;
            nint start = 0, stride = 1;
            bool inside = true;
            for (int i = _axes.Length - 2; i >= 0 && inside; i--)
            {
                int source = SourceOf(_axes[i], rest % to[i], taps % _axes[i].Filter, from[i]);
                inside = source >= 0;
                start += source * stride;
                (rest, taps, stride) = (rest / to[i], taps / _axes[i].Filter, stride * from[i]);
            }

            if (inside) rows[found++] = start * from[^1];
        }

        return found;
    }

    /// <summary>sums[m] = Σ over rows of the entry that the first tap reads m places after the first output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRows(T* source, nint[] rows, int count, T* sums, int length, int outLength)
    {
        AxisWindow axis = _axes[^1];
        for (int m = 0; m < outLength + axis.Filter - 1; m++)
        {
            TLane sum = TLane.Of(0);
            int column = SourceOf(axis, m, 0, length);
            for (int i = 0; i < count && column >= 0; i++) sum += TLane.Load(in source[(rows[i] + column) * TLane.Count]);
            TLane.Store(sum, ref sums[(nint)m * TLane.Count]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Slide(PlaneScratch<T> scratch, PlaneBlock<T> target, PlaneBlock<T> kept, int outLength)
    {
        T* sums = scratch.Sums, thetaSums = scratch.ThetaSums;
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        int taps = _axes[^1].Filter;
        for (nint output = 0; output < (nint)outLength * TLane.Count; output += TLane.Count)
        {
            TLane k = TLane.Load(in sums[output]), theta = TLane.Load(in thetaSums[output]);
            for (int tap = 1; tap < taps; tap++)
            {
                k += TLane.Load(in sums[output + (nint)tap * TLane.Count]);
                theta += TLane.Load(in thetaSums[output + (nint)tap * TLane.Count]);
            }

            if (_keeps) end.Write<Yes, Yes>(k, theta, kept.K + output, kept.Theta + output, target.K + output, target.Theta + output);
            else end.Write<Yes, No>(k, theta, null, null, target.K + output, target.Theta + output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Slide(T* sums, T* kOut, T* kept, int outLength)
    {
        TapEnd.Constants<TLane, T> end = _end.In<TLane, T>();
        int taps = _axes[^1].Filter;
        for (nint output = 0; output < (nint)outLength * TLane.Count; output += TLane.Count)
        {
            TLane k = TLane.Load(in sums[output]);
            for (int tap = 1; tap < taps; tap++) k += TLane.Load(in sums[output + (nint)tap * TLane.Count]);
            if (_keeps) end.Write<No, Yes>(k, default, kept + output, null, kOut + output, null);
            else end.Write<No, No>(k, default, null, null, kOut + output, null);
        }
    }

    /// <summary>The source entry of a tap along an axis of the plane; −1: outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SourceOf(AxisWindow axis, int output, int tap, int length)
    {
        int source = output + tap - axis.Low;
        if (axis.Circular)
        {
            source %= length;
            return source < 0 ? source + length : source;
        }

        return (uint)source < (uint)length ? source : -1;
    }
}
