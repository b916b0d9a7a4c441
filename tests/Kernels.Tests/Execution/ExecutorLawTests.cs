using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class ExecutorLawTests
{
    public static IEnumerable<object[]> Laws => ExecutorLaws.Laws;

    public static IEnumerable<object[]> PositionLaws => ExecutorLaws.PositionLaws;

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_CPU_executor_obeys(string law) => ExecutorLaws.Check(law, new CpuExecutor());

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_reference_executor_obeys(string law) => ExecutorLaws.Check(law, new ReferenceExecutor());

    [Theory]
    [MemberData(nameof(PositionLaws))]
    public void On_positions_the_CPU_executor_obeys(string law) => ExecutorLaws.CheckOnPositions(law, new CpuExecutor());

    [Theory]
    [MemberData(nameof(PositionLaws))]
    public void On_positions_the_reference_executor_obeys(string law) => ExecutorLaws.CheckOnPositions(law, new ReferenceExecutor());
}
