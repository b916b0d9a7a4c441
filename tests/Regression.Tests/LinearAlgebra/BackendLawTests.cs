using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

public sealed class BackendLawTests
{
    public static IEnumerable<object[]> Laws => SolverLaws.Laws;

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_managed_backend_obeys(string law) => SolverLaws.Check(law, LinearAlgebraBackends.Open(LinearAlgebraBackend.Managed));

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_MathNet_backend_obeys(string law) => SolverLaws.Check(law, LinearAlgebraBackends.Open(LinearAlgebraBackend.MathNet));

    [BackendTheory(LinearAlgebraBackend.OpenBlas)]
    [MemberData(nameof(Laws))]
    public void OpenBLAS_obeys(string law) => SolverLaws.Check(law, LinearAlgebraBackends.Open(LinearAlgebraBackend.OpenBlas));

    [BackendTheory(LinearAlgebraBackend.Mkl)]
    [MemberData(nameof(Laws))]
    public void MKL_obeys(string law) => SolverLaws.Check(law, LinearAlgebraBackends.Open(LinearAlgebraBackend.Mkl));
}
