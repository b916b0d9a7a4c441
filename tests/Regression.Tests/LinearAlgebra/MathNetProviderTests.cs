using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Providers.LinearAlgebra;
using Xunit;

namespace InfiniteNtk.Regression.Tests.LinearAlgebra;

/// <summary>MathNet's provider is global; these tests put it back.</summary>
public sealed class MathNetProviderTests : IDisposable
{
    [Fact]
    public void MathNet_computes_the_same_with_our_provider()
    {
        const int N = 37;
        Matrix<double> a = DenseMatrix.OfArray(new double[N, N + 4]), b = DenseMatrix.OfArray(new double[N, N + 4]);
        var random = new Random(1);
        a.MapInplace(_ => random.NextDouble() - 0.5, Zeros.Include);
        b.MapInplace(_ => random.NextDouble() - 0.5, Zeros.Include);
        MathNetProvider.Restore();
        Matrix<double> gram = a.TransposeAndMultiply(a), cross = a.TransposeThisAndMultiply(b), product = a * b.Transpose();
        Matrix<double> factor = gram.Cholesky().Factor;
        Vector<double> eigenvalues = gram.Evd(Symmetricity.Symmetric).EigenValues.Map(value => value.Real);

        MathNetProvider.Use(LinearAlgebraBackends.Open(LinearAlgebraBackend.Managed));
        Assert.Contains("managed", LinearAlgebraControl.Provider.ToString()!, StringComparison.Ordinal);
        Near(gram, a.TransposeAndMultiply(a));
        Near(cross, a.TransposeThisAndMultiply(b));
        Near(product, a * b.Transpose());
        Near(factor, gram.Cholesky().Factor);
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> evd = gram.Evd(Symmetricity.Symmetric);
        Assert.InRange((evd.EigenValues.Map(value => value.Real) - eigenvalues).L2Norm(), 0, 1e-12);
        Near(gram, evd.EigenVectors * evd.D * evd.EigenVectors.Transpose());
        Assert.Throws<ArgumentException>(() => (gram - 100).Cholesky());
    }

    [Fact]
    public void MathNet_cannot_accelerate_itself() =>
        Assert.Throws<InvalidArgumentException>(() => MathNetProvider.Use(LinearAlgebraBackends.Open(LinearAlgebraBackend.MathNet)));

    public void Dispose() => MathNetProvider.Restore();

    private static void Near(Matrix<double> expected, Matrix<double> actual) =>
        Assert.InRange((expected - actual).FrobeniusNorm(), 0, 1e-11);
}
