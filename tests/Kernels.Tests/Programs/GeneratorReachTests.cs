using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Programs.Supports;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Programs;

/// <summary>A law over random programs says nothing of what the generators never make.</summary>
public sealed class GeneratorReachTests
{
    private static readonly Lazy<KernelProgram[]> _spatial = new(() => Made(SpatialProgramGenerator.Cases()));

    [Fact]
    public void Random_programs_over_positions_have_every_step()
    {
        Type[] steps = [.. typeof(Step).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Step)))];
        Assert.Empty(steps.Except(_spatial.Value.SelectMany(program => program.Steps).Select(step => step.GetType())));
    }

    [Fact]
    public void And_every_map_and_window_of_an_axis()
    {
        AxisMap[] maps = [.. _spatial.Value.SelectMany(program => program.Steps).OfType<MixPositions>().SelectMany(step => step.Axes)];
        Type[] kinds = [.. typeof(AxisMap).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AxisMap)))];
        Assert.Empty(kinds.Except(maps.Select(map => map.GetType())));
        Assert.All(Enum.GetValues<PoolDivisor>(), divisor => Assert.Contains(maps, map => map is PoolAxis pool && pool.Divisor == divisor));
        Assert.All(Enum.GetValues<ResizeMethod>(), method => Assert.Contains(maps, map => map is ResizeAxis resize && resize.Method == method));
        Assert.Contains(maps, map => map is SliceAxis { Step: < 0 });
        Assert.Contains(maps, map => map is SliceAxis { Removed: true });

        TapSum[] sums = [.. _spatial.Value.SelectMany(program => program.Steps).OfType<TapSum>()];
        AxisWindow[] windows = [.. sums.SelectMany(step => step.Axes)];
        foreach (bool circular in new[] { false, true })
        {
            foreach (bool transposed in new[] { false, true })
            {
                Assert.Contains(windows, window => window.Circular == circular && window.Transposed == transposed && window.Stride > 1);
            }
        }

        Assert.Contains(sums, step => step.Local);
        Assert.Contains(windows, window => window.Extent % window.Stride != 0);
        Assert.Contains(windows, window => window.Filter > window.Extent);
    }

    /// <summary>Branches of different needs that meet, pooling that is not the last, rings, offsets of a sample with itself beyond 0.</summary>
    [Fact]
    public void And_what_makes_planes_difficult()
    {
        Assert.Contains(_spatial.Value, program => program.Steps.OfType<MixPositions>().Any(step => program.Steps.Skip(step.Target + 1).Any(after => after is Dual)));
        ProgramSupports[] supports = [.. _spatial.Value.Select(program => ProgramSupports.Of(program))];
        Assert.Contains(supports, support => support.Cross.Any(set => set is { IsFull: false, IsDiagonal: false }));
        Assert.Contains(supports, support => support.Cross.Any(set => set?.Axes.Any(axis => axis.Cyclic) == true));
        Assert.Contains(supports, support => support.Self.Any(set => set is { IsDiagonal: false }));
        Assert.Contains(supports, support => support.Cross.Any(set => set is null));
    }

    [Fact]
    public void Random_dense_programs_have_every_step_that_mixes_no_positions()
    {
        Type[] mixing = [typeof(TapSum), typeof(MixPositions), typeof(ConcatPositions)];
        Type[] steps = [.. typeof(Step).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Step))).Except(mixing)];
        Assert.Empty(steps.Except(Made(ProgramGenerator.Cases()).SelectMany(program => program.Steps).Select(step => step.GetType())));
    }

    private static KernelProgram[] Made(Arbitrary<ProgramCase> cases)
    {
        var made = new List<KernelProgram>();
        Prop.ForAll(cases, one => made.Add(one.Program)).Check(RandomCases.Of(150, 120));
        return [.. made];
    }
}
