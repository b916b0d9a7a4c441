using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>A kernel matrix knows which kernel it is, from the executor to the archive and back.</summary>
public sealed class KernelKindTests
{
    [Fact]
    public void Every_executor_says_which_kernel_is_which()
    {
        using Samples x = Samples.FromRows(new[,] { { 1.0, 2 }, { 3, -1 }, { 0.5, 0.25 } }), y = Samples.FromRows(new[,] { { 1.0, 0 } });
        using Samples images = Samples.FromImages(new double[2, 3, 3, 1]);
        Network dense = Dense() >> Relu >> Dense(), conv = Conv([3, 3]) >> Relu >> Flatten >> Dense();
        foreach (IKernelExecutor executor in (IKernelExecutor[])[new CpuExecutor(), new ReferenceExecutor()])
        {
            using KernelPair<double> symmetric = executor.Run<double>(new(dense.Program(x.Shape), x)), cross = executor.Run<double>(new(dense.Program(x.Shape), x, y));
            using KernelPair<float> planes = executor.Run<float>(new(conv.Program(images.Shape), images)), diagonal = executor.Diagonal<float>(new(conv.Program(images.Shape), images));
            Assert.Equal((KernelKind.Nngp, KernelKind.Ntk), (symmetric.Nngp.Kind, symmetric.Ntk.Kind));
            Assert.Equal((KernelKind.Nngp, KernelKind.Ntk), (cross.Nngp.Kind, cross.Ntk.Kind));
            Assert.Equal((KernelKind.Nngp, KernelKind.Ntk), (planes.Nngp.Kind, planes.Ntk.Kind));
            Assert.Equal((KernelKind.Nngp, KernelKind.Ntk), (diagonal.Nngp.Kind, diagonal.Ntk.Kind));
        }
    }

    [Fact]
    public void Copies_and_archives_keep_it()
    {
        using TemporaryFolder folder = new();
        using KernelMatrix<double> ntk = KernelMatrix<double>.From(new[,] { { 2.0, 1 }, { 1, 3 } }, MatrixStructure.Symmetric, KernelKind.Ntk);
        using KernelMatrix<double> copy = ntk.Copy(), transposed = ntk.Transpose();
        using KernelMatrix<float> narrow = ntk.ConvertTo<float>();
        Assert.Equal((KernelKind.Ntk, KernelKind.Ntk, KernelKind.Ntk), (copy.Kind, transposed.Kind, narrow.Kind));

        NpzFile.Write(OutputFile.Prepare(folder["k.npz"]), [("nngp", NpyContent.From(ntk)), ("ntk", NpyContent.From(ntk)), ("x", NpyContent.From(ntk))]);
        var archive = NpzFile.Open(folder["k.npz"]);
        foreach ((string name, KernelKind kind) in new[] { ("nngp", KernelKind.Nngp), ("ntk", KernelKind.Ntk), ("x", KernelKind.Unknown) })
        {
            using KernelMatrix<double> read = archive.Read(name).ToMatrix<double>();
            Assert.Equal(kind, read.Kind);
        }
    }

    [Fact]
    public void A_swapped_pair_is_refused()
    {
        using KernelMatrix<double> nngp = new(1, 1) { Kind = KernelKind.Nngp }, ntk = new(1, 1) { Kind = KernelKind.Ntk };
        Assert.Contains("NTK is in the place", Assert.Throws<InvalidArgumentException>(() => new KernelPair<double>(ntk, null, null!)).Message, StringComparison.Ordinal);
        Assert.Contains("NNGP kernel is in the place", Assert.Throws<InvalidArgumentException>(() => new KernelPair<double>(null, nngp, null!)).Message, StringComparison.Ordinal);
    }
}
