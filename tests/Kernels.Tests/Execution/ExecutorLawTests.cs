using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Execution;

public class ExecutorLawTests
{
    public static IEnumerable<object[]> Laws => ExecutorLaws.Laws;

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_CPU_executor_obeys(string law) => ExecutorLaws.Check(law, new CpuExecutor());

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_reference_executor_obeys(string law) => ExecutorLaws.Check(law, new ReferenceExecutor());
}
