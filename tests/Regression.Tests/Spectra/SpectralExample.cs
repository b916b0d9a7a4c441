using System.Text.Json;
using InfiniteNtk.Tests.Support;

namespace InfiniteNtk.Regression.Tests.Spectra;

/// <summary>One worked learning-curve problem of tests/Golden/spectral.</summary>
public sealed record SpectralExample(JsonElement Json)
{
    public string Name => Json.GetProperty("name").GetString()!;

    public string Kind => Json.GetProperty("kind").GetString()!;

    public double N => Number("n");

    public double Ridge => Number("ridge");

    public double Noise => Number("noise");

    public JsonElement Expect => Json.GetProperty("expect");

    public static IEnumerable<SpectralExample> Of(string kind) =>
        Golden.Spectral.Select(golden => new SpectralExample(golden.Root)).Where(example => example.Kind == kind);

    public Spectrum Spectrum()
    {
        JsonElement spectrum = Json.GetProperty("spectrum");
        if (!spectrum.TryGetProperty("law", out JsonElement law))
        {
            return new Spectrum(Numbers(spectrum, "eigenvalues"), Numbers(spectrum, "targetPower"), Numbers(spectrum, "multiplicities"), Number("tailTrace"));
        }

        double Parameter(string name, double missing) => spectrum.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : missing;
        int count = spectrum.GetProperty("count").GetInt32();
        double scale = Parameter("targetScale", 1);
        Spectrum made = law.GetString() == "power"
            ? InfiniteNtk.Spectrum.PowerLaw(Parameter("exponent", 0), Parameter("targetExponent", 0), count, scale, Number("tailTrace"))
            : InfiniteNtk.Spectrum.Exponential(Parameter("rate", 0), Parameter("targetRate", 0), count, scale, Number("tailTrace"));
        bool normalize = spectrum.TryGetProperty("normalizeTarget", out JsonElement flag) && flag.GetBoolean();
        return normalize ? made.WithTotalPower(1) : made;
    }

    public override string ToString() => Name;

    private static double[] Numbers(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private double Number(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : 0;
}
