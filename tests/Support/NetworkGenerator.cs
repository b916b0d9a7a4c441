using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Tests.Support;

/// <summary>
/// Random legal networks with every layer and every activation of the catalogues; shrinking goes to their parts and takes
/// samples away.
/// </summary>
public static class NetworkGenerator
{
    /// <summary>Networks with samples, sizes growing with FsCheck's.</summary>
    public static Arbitrary<NetworkCase> Cases(NetworkFamily family = NetworkFamily.All) => Arb.From(
        Gen.Sized(size => Gen.Choose(0, int.MaxValue - 1).Select(seed => Case(new Random(seed), size, family))), value => Shrink(value, family));

    private static NetworkCase Case(Random random, int size, NetworkFamily family)
    {
        SampleShape shape = Shape(random, family);
        Network network = new NetworkBuilder(random, family).Build(shape, 1 + random.Next(1 + size / 5));
        int most = family == NetworkFamily.Spatial ? 4 : 8; // the reference executor takes the square of the positions for each pair
        double[,] left = Rows(random, shape, random.Next(1, most));
        if (left.GetLength(0) > 2 && random.Next(3) == 0) CopyRow(left, 0, 2);
        return new NetworkCase(network, shape, left, Rows(random, shape, random.Next(1, most - 2)));
    }

    private static SampleShape Shape(Random random, NetworkFamily family)
    {
        if (family == NetworkFamily.Spatial)
        {
            int[] positions = random.Next(10) switch
            {
                < 3 => [random.Next(1, 10)],
                < 9 => [random.Next(1, 7), random.Next(1, 7)],
                _ => [random.Next(1, 4), random.Next(1, 4), random.Next(1, 4)],
            };
            return new SampleShape([.. positions], random.Next(1, 4));
        }

        return random.Next(3) > 0
            ? SampleShape.Features(random.Next(1, 20))
            : new SampleShape(random.Next(2) == 0 ? [random.Next(1, 5)] : [random.Next(1, 4), random.Next(1, 4)], random.Next(1, 5));
    }

    /// <summary>Gaussian directions, each position scaled to a mean square in [0.3, 3].</summary>
    private static double[,] Rows(Random random, SampleShape shape, int count)
    {
        double[,] rows = new double[count, shape.Size];
        for (int i = 0; i < count; i++)
        {
            for (int start = 0; start < shape.Size; start += shape.Channels)
            {
                double[] channels = [.. Enumerable.Range(0, shape.Channels).Select(_ => Gaussian(random))];
                double wanted = 0.3 * Math.Pow(10, random.NextDouble());
                double scale = Math.Sqrt(wanted * shape.Channels / channels.Sum(value => value * value));
                for (int c = 0; c < shape.Channels; c++) rows[i, start + c] = scale * channels[c];
            }
        }

        return rows;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void CopyRow(double[,] rows, int from, int to)
    {
        for (int j = 0; j < rows.GetLength(1); j++) rows[to, j] = rows[from, j];
    }

    private static IEnumerable<NetworkCase> Shrink(NetworkCase value, NetworkFamily family)
    {
        foreach (Network smaller in NetworkShrinker.Shrink(value.Network))
        {
            if (IsLegal(smaller, value.Shape, family)) yield return value with { Network = smaller };
        }

        if (value.Left.GetLength(0) > 1) yield return value with { Left = FirstHalf(value.Left) };
        if (value.Right.GetLength(0) > 1) yield return value with { Right = FirstHalf(value.Right) };
    }

    private static bool IsLegal(Network network, SampleShape shape, NetworkFamily family)
    {
        try
        {
            FlowNode output = SignalFlow.Of(network, shape).Nodes[^1];
            return family != NetworkFamily.NtkEndingInDense || output.Layer is Dense;
        }
        catch (InfiniteNtkException)
        {
            return false;
        }
    }

    private static double[,] FirstHalf(double[,] rows)
    {
        double[,] half = new double[(rows.GetLength(0) + 1) / 2, rows.GetLength(1)];
        Array.Copy(rows, half, half.Length);
        return half;
    }
}
