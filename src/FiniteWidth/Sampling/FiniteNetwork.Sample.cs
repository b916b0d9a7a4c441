using System.Numerics;
using InfiniteNtk.FiniteWidth.Sampling;

namespace InfiniteNtk;

/// <summary>Draws networks of finite width.</summary>
public static class FiniteNetwork
{
    /// <summary>A network with weights drawn from a seed: the same on every machine and for any number of threads.</summary>
    /// <param name="network">The architecture, with a width in each dense layer (<see cref="Widths.ApplyTo"/> puts them there).</param>
    /// <param name="input">The shape of one sample.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">Law of the weights, repetition, threads, budget.</param>
    /// <exception cref="InvalidArgumentException">A dense layer has no width.</exception>
    /// <exception cref="ShapeMismatchException">Branches that are joined do not fit together.</exception>
    /// <exception cref="MemoryBudgetException">The weights do not fit the budget; nothing of that size was allocated.</exception>
    public static FiniteNetwork<double> Sample(Network network, SampleShape input, ulong seed, SamplingOptions? options = null) =>
        Sample<double>(network, input, seed, options);

    /// <summary>The same with one hidden width and a number of outputs.</summary>
    /// <inheritdoc cref="Sample(Network, SampleShape, ulong, SamplingOptions?)"/>
    public static FiniteNetwork<double> Sample(Network network, SampleShape input, Widths widths, ulong seed, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(widths);
        return Sample<double>(widths.ApplyTo(network), input, seed, options);
    }

    /// <summary>The same in single or double precision: the weights of a seed are those in double precision, rounded.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <inheritdoc cref="Sample(Network, SampleShape, ulong, SamplingOptions?)"/>
    public static FiniteNetwork<T> Sample<T>(Network network, SampleShape input, ulong seed, SamplingOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options ??= SamplingOptions.Default;
        return new SuccessiveNetworks<T>(network, input, seed, options).Next(options.Draw);
    }
}
