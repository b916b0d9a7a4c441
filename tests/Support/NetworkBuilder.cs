using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Signals;

namespace InfiniteNtk.Tests.Support;

/// <summary>
/// Builds a random network layer by layer, directed by the kind of the signal that arrives, and keeps the variances of every
/// centred Gaussian signal in [0.1, 10] by choosing weights that do.
/// </summary>
/// <param name="random">All choices.</param>
/// <param name="family">What may be chosen.</param>
internal sealed partial class NetworkBuilder(Random random, NetworkFamily family)
{
    /// <summary>Where widths are stated they are this one, so that branches can be added and multiplied.</summary>
    private const int Width = 8;

    private readonly bool _statesWidths = family is NetworkFamily.All or NetworkFamily.Spatial && random.Next(3) == 0;

    /// <summary>A signal: its kind, the extents of its positions, and its variances where the input's are 0.3, 1 and 3.</summary>
    private readonly record struct Wire(SignalKind Kind, ValueList<int> Positions, double[] Variances)
    {
        public bool HasPositions => Positions.Count > 0;
    }

    private readonly record struct Part(Network Network, Wire Output);

    public Network Build(SampleShape shape, int layers)
    {
        var wire = new Wire(SignalKind.RawInput, shape.Positions, [0.3, 1, 3]);
        Network network = Layers.Identity;
        if (wire.HasPositions && family != NetworkFamily.Spatial && random.Next(2) == 0) Append(Flatten(wire));
        for (int i = 0; i < layers; i++) Append(Next(wire, depth: 0));
        if (wire.HasPositions) Append(family == NetworkFamily.Spatial && random.Next(2) == 0 ? GlobalPool(wire) : Flatten(wire));
        if (wire.Kind == SignalKind.RawInput || family == NetworkFamily.NtkEndingInDense || random.Next(4) > 0) Append(Dense(wire));
        return network;

        void Append(Part part) => (network, wire) = (network >> part.Network, part.Output);
    }

    private Part Next(Wire wire, int depth)
    {
        if (family == NetworkFamily.Spatial && wire.HasPositions && random.Next(3) == 0 && Moved(wire, depth) is { } moved) return moved;
        int choice = random.Next(12);
        bool nested = depth < 2;
        return wire.Kind switch
        {
            SignalKind.CentredGaussian => choice switch
            {
                < 5 => Activation(wire),
                5 when nested => Residual(wire, depth),
                6 when nested => Gate(wire, depth),
                7 when nested => Repeat(wire),
                8 when nested => Concat(wire, depth),
                9 when family != NetworkFamily.Homogeneous => Normalized(wire),
                10 => Dropout(wire),
                11 when wire.HasPositions => Flatten(wire),
                _ => Weighted(wire),
            },
            SignalKind.RawInput => choice switch
            {
                0 when nested => Concat(wire, depth),
                1 when nested => Gate(wire, depth),
                2 when nested => Residual(wire, depth),
                _ => Weighted(wire),
            },
            _ => choice switch
            {
                0 => Dropout(wire),
                1 when wire.HasPositions => Flatten(wire),
                2 when nested => Concat(wire, depth),
                _ => Weighted(wire),
            },
        };
    }

    private Part Dense(Wire wire)
    {
        (double weight, double bias, double[] variances) = Weights(wire.Variances);
        var layer = new Dense(weight, bias, Scaling(), _statesWidths ? Width : null, Trains(), Rate());
        return new Part(layer, wire with { Kind = SignalKind.CentredGaussian, Variances = variances });
    }

    /// <summary>Weights and biases that keep variances in [0.1, 10].</summary>
    private (double Weight, double Bias, double[] Variances) Weights(double[] arriving)
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            double weight = Math.Round(0.4 + 1.6 * random.NextDouble(), 2);
            double bias = family == NetworkFamily.Homogeneous || random.Next(2) == 0 ? 0 : Math.Round(0.6 * random.NextDouble(), 2);
            if (Transformed(weight, bias).All(variance => variance is >= 0.1 and <= 10)) return (weight, bias, Transformed(weight, bias));
        }

        double moderate = Math.Round(1 / Math.Sqrt(Math.Sqrt(arriving.Max() * arriving.Min())), 4);
        return (moderate, 0, Transformed(moderate, 0));

        double[] Transformed(double weight, double bias) => [.. arriving.Select(variance => weight * weight * variance + bias * bias)];
    }

    private Parameterization Scaling() => _statesWidths && random.Next(3) == 0 ? Parameterization.Standard : Parameterization.Ntk;

    private bool Trains() => family != NetworkFamily.Spatial || random.Next(6) > 0;

    private double Rate() => family != NetworkFamily.Spatial || random.Next(4) > 0 ? 1 : Math.Round(2 * random.NextDouble(), 2);

    private Part Activation(Wire wire)
    {
        Activation activation = RandomActivations.Next(random, family, wire.Variances);
        double[] variances = [.. wire.Variances.Select(variance => RandomActivations.Variance(activation, variance))];
        return new Part(new ActivationLayer(activation), wire with { Kind = SignalKind.AlikeChannels, Variances = variances });
    }

    private Part Dropout(Wire wire)
    {
        if (wire.Kind == SignalKind.RawInput) return Dense(wire);
        double keep = Math.Round(0.5 + random.NextDouble() / 2, 2);
        SignalKind kind = wire.Kind == SignalKind.MixedChannels ? wire.Kind : SignalKind.AlikeChannels;
        return new Part(new Dropout(keep), wire with { Kind = kind, Variances = [.. wire.Variances.Select(variance => variance / keep)] });
    }

    private static Part Flatten(Wire wire) => new(
        new Flatten(), wire with { Kind = wire.Kind == SignalKind.RawInput ? wire.Kind : SignalKind.MixedChannels, Positions = [] });

    /// <summary>Identity (where the signal is Gaussian) or a fresh branch, plus fresh branches.</summary>
    private Part Residual(Wire wire, int depth)
    {
        Part[] branches = [First(wire, depth), .. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Fresh(wire, depth))];
        var sum = new Part(Sum.Of(Networks(Shuffled(branches))), new Wire(SignalKind.CentredGaussian, wire.Positions, Joined(branches, (a, b) => a + b)));
        return Moderate(sum, wire);
    }

    private Part Gate(Wire wire, int depth)
    {
        if (family == NetworkFamily.Homogeneous) return Dense(wire);
        Part second = Fresh(wire, depth);
        if (random.Next(2) == 0)
        {
            Part activated = Activation(second.Output);
            second = new Part(second.Network >> activated.Network, activated.Output);
        }

        Part[] branches = [First(wire, depth), second];
        return new Part(Product.Of(Networks(Shuffled(branches))), new Wire(SignalKind.AlikeChannels, wire.Positions, Joined(branches, (a, b) => a * b)));
    }

    private Part Concat(Wire wire, int depth)
    {
        Part[] branches = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Fresh(wire, depth))];
        double[] mean = [.. Joined(branches, (a, b) => a + b).Select(sum => sum / branches.Length)];
        return new Part(Compositional.Networks.Concat.Of(Networks(branches)), new Wire(SignalKind.MixedChannels, wire.Positions, mean));
    }

    private Part Repeat(Wire wire)
    {
        Part activation = Activation(wire), dense = Dense(activation.Output);
        var layer = (Dense)dense.Network;
        var activated = (ActivationLayer)activation.Network;
        (int count, double[] variances) = (1, dense.Output.Variances);
        for (int wanted = random.Next(1, 4); count < wanted; count++)
        {
            if (variances.Any(variance => activated.Activation.DomainProblem(variance) is not null)) break;
            double[] next = [.. variances.Select(variance => layer.WeightStd * layer.WeightStd * RandomActivations.Variance(activated.Activation, variance) + layer.BiasStd * layer.BiasStd)];
            if (!next.All(variance => variance is >= 0.1 and <= 10)) break;
            variances = next;
        }

        return new Part(new Repeat(count, activation.Network >> dense.Network), dense.Output with { Variances = variances });
    }

    private Part First(Wire wire, int depth) =>
        wire.Kind == SignalKind.CentredGaussian && random.Next(3) > 0 ? new Part(new Identity(), wire) : Fresh(wire, depth);

    /// <summary>Some layers and one with weights at the end: centred Gaussian, independent of its siblings.</summary>
    private Part Fresh(Wire wire, int depth)
    {
        (Network network, Wire inside) = (Layers.Identity, wire);
        for (int i = random.Next(2); i > 0; i--)
        {
            Part part = Next(inside, depth + 1);
            if (!part.Output.Positions.Equals(wire.Positions)) break;
            (network, inside) = (network >> part.Network, part.Output);
        }

        Part last = Weighted(inside, keepsPositions: true);
        return new Part(network >> last.Network, last.Output);
    }

    /// <summary>A sum that grew out of the range is followed by a Dense that brings it back.</summary>
    private Part Moderate(Part sum, Wire input)
    {
        if (sum.Output.Variances.All(variance => variance is >= 0.1 and <= 10)) return sum;
        Part dense = Dense(sum.Output with { Positions = input.Positions });
        return new Part(sum.Network >> dense.Network, dense.Output);
    }

    private Part[] Shuffled(Part[] parts)
    {
        random.Shuffle(parts);
        return parts;
    }

    private static Network[] Networks(Part[] parts) => [.. parts.Select(part => part.Network)];

    private static double[] Joined(Part[] parts, Func<double, double, double> join) =>
        parts.Select(part => part.Output.Variances).Aggregate((left, right) => [.. left.Zip(right, join)]);
}
