using System.IO.Compression;
using System.Text;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk.Fuzz;

/// <summary>Sound inputs from which mutation starts: small, and of every kind that is read.</summary>
internal static class Seeds
{
    /// <summary>Networks: every layer, every activation and every published architecture occurs.</summary>
    public static string[] Networks { get; } =
    [
        "Dense >> Relu >> Dense", "Dense(sqrt(2), 0.1) >> Erf >> Dense(weightStd: 1.5, biasStd: 0.05, parameterization: standard, width: 64)",
        "Flatten >> Dense(1.5, 0.1) >> (Identity + (Relu >> Dense)) >> Relu >> Dense",
        "Conv(3, 3) >> Relu >> AveragePool(2, 2) >> GlobalAveragePool >> Dense", "Conv([3, 3], [2, 2], circular, 1.2, 0.3) >> Gelu >> Flatten >> Dense",
        "ConvTranspose(2, 2) >> Sin(1, 2, 0.5) >> SumPool([2, 2], [1, 1], same) >> Flatten >> Dense", "ConvLocal(3, 3) >> LeakyRelu(0.1) >> GlobalSumPool >> Dense",
        "Repeat(3, Dense >> LayerNorm >> Tanh) >> Dense", "Dense >> Dropout(0.7) >> Product(Relu >> Dense, Erf >> Dense) >> Dense",
        "Concat(-1, Dense >> Relu, Dense >> Cos) >> Dense", "Conv(3, 3) >> ImageResize([4, 4], nearest) >> Abs >> Flatten >> Dense",
        "Conv(3, 3) >> Index([\"0:2\", \"1\"]) >> Sigmoid >> Flatten >> Dense", "Dense >> Rbf(0.7) >> Dense >> Polynomial([1, 0.5, 0.2]) >> Dense",
        "Dense >> Hermite(3) >> Dense >> Monomial(2) >> Dense", "Dense >> RectifiedMonomial(2) >> Dense >> AbRelu(0.2, 1.1) >> Dense", "Dense >> Exp(1, 0.3) >> Dense >> Gaussian(1, -1) >> Dense",
        "Dense >> Elu >> Dense >> Selu >> Dense >> Swish >> Dense >> Softplus >> Dense", "Dense >> ExpNormalized(1, -1) >> Dense >> Sign >> Dense", "Dense >> Gabor >> Dense >> SigmoidLike >> Dense",
        "Dense >> Elementwise(\"x*sigmoid(1.702*x)\") >> Dense", "Dense(trainable: false) >> Relu >> Dense(learningRate: 0.5)", "myrtle5", "lenet", "cntk21",
    ];

    /// <summary>Formulas in x.</summary>
    public static string[] Formulas { get; } =
    [
        "x*sigmoid(1.702*x)", "max(x, 0) + 0.1*min(x, 0)", "exp(-x^2/2)", "abs(x) + sqrt(x^2 + 1)", "tanh(x)^3 - 2*sin(pi*x)", "softplus(x) - log(2)", "1/(1 + x^2)",
        "erf(x/sqrt(2))", "relu(x - 1) * cos(e*x)", "((x))", "-x", "x^-2 + 3e-2",
    ];

    /// <summary>Networks in the interchange format.</summary>
    public static string[] Json { get; } = [.. Networks.Select(text => NetworkJson.Write(NetworkText.Parse(text)))];

    /// <summary>Tables of three features and a target.</summary>
    public static string[] Tables { get; } =
    [
        "a,b,c,target\n" + Rows(i => $"{0.1 * i},{Math.Sin(i):R},{i % 3},{(i % 2 == 0 ? "yes" : "no")}"),
        "a;b;c;y\n" + Rows(i => $"{0.1 * i};{Math.Cos(i):R};{i % 5};{Math.Sqrt(i):R}"),
        "\"a \"\"q\"\"\"\tb\tc\ttarget\r\n" + Rows(i => $"{i}\t-1e{i % 5}\tinf\t{i % 4}\r"), "a,b,c,target\n1,2,3,1\n4,,6,0\n7,8,NA,1\n",
    ];

    /// <summary>NumPy arrays.</summary>
    public static byte[][] Arrays { get; } =
    [
        Npy("<f8", Floats(24), 12, 2), Npy("<f4", [.. Enumerable.Range(0, 12).SelectMany(i => BitConverter.GetBytes((float)i))], 3, 2, 2), Npy("|u1", new byte[36], 4, 3, 3), Npy(">i2", new byte[16], 8),
        Npy("<f8", Floats(96), 2, 4, 4, 3), Npy("|b1", [1, 0, 1], 3), Npy("<f8", Floats(1)),
    ];

    /// <summary>Archives of arrays x and y, stored and deflated.</summary>
    public static byte[][] Archives { get; } =
    [
        Zip(CompressionLevel.NoCompression, ("x", Npy("<f8", Floats(48), 24, 2)), ("y", Npy("<i4", [.. Enumerable.Range(0, 24).SelectMany(i => BitConverter.GetBytes(i % 2))], 24))),
        Zip(CompressionLevel.Optimal, ("x", Npy("|u1", [.. Enumerable.Range(0, 320).Select(i => (byte)i)], 20, 4, 4)), ("y", Npy("<f8", Floats(20), 20))),
    ];

    /// <summary>IDX files, plain.</summary>
    public static byte[][] Idx { get; } =
    [
        [0, 0, 8, 3, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(0, 20).Select(i => (byte)i)], [0, 0, 8, 1, 0, 0, 0, 5, 0, 1, 0, 1, 1],
        [0, 0, 0x0D, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0x3F, 0x80, 0, 0],
    ];

    /// <summary>The same bytes in a gzip member.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>An array in C order.</summary>
    public static byte[] Npy(string type, byte[] data, params int[] shape)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(extent => $"{extent}, "))}), }}".PadRight(117) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. data];
    }

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] members)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in members)
            {
                using Stream member = archive.CreateEntry(name + ".npy", level).Open();
                member.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Floats(int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(Math.Sin(1 + i)))];

    private static string Rows(Func<int, FormattableString> row) => string.Concat(Enumerable.Range(1, 24).Select(i => FormattableString.Invariant(row(i)) + "\n"));
}
