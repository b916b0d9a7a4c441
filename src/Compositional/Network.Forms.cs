using System.Diagnostics.CodeAnalysis;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Text;

namespace InfiniteNtk;

public abstract partial record Network
{
    /// <summary>Reads the text form: <c>Parse(network.ToString())</c> is the network again.</summary>
    /// <inheritdoc cref="NetworkText.Parse"/>
    public static Network Parse(string text) => NetworkText.Parse(text);

    /// <summary>Reads the text form, if it is one.</summary>
    /// <param name="text">What <see cref="Parse"/> takes; null is no network.</param>
    /// <param name="network">The network, or null.</param>
    /// <returns>Whether it was one. What is wrong with it is what <see cref="Parse"/> throws.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Network? network)
    {
        network = null;
        if (text is null) return false;
        try
        {
            network = NetworkText.Parse(text);
            return true;
        }
        catch (InfiniteNtkException)
        {
            return false;
        }
    }

    /// <summary>The interchange form: <c>FromJson(network.ToJson())</c> is the network again. <see cref="System.Text.Json.JsonSerializer"/> writes the same.</summary>
    /// <inheritdoc cref="NetworkJson.Write"/>
    public string ToJson() => NetworkJson.Write(this);

    /// <summary>Reads the interchange form.</summary>
    /// <inheritdoc cref="NetworkJson.Read"/>
    public static Network FromJson(string json) => NetworkJson.Read(json);

    /// <summary>The kernel recursion as equations for a paper that loads <c>amsmath</c>.</summary>
    /// <param name="input">The shape of the samples.</param>
    /// <inheritdoc cref="NetworkLatex.Equations"/>
    public string ToLatex(SampleShape input) => NetworkLatex.Equations(this, input);

    /// <summary>One row per layer in plain words: what leaves it, and what it does to both kernels.</summary>
    /// <param name="input">The shape of the samples.</param>
    /// <inheritdoc cref="NetworkExplanation.Of"/>
    public NetworkExplanation Explain(SampleShape input) => NetworkExplanation.Of(this, input);
}
