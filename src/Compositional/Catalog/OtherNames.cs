namespace InfiniteNtk.Compositional.Catalog;

/// <summary>What other libraries and papers call the parameters: answered with the name they have here.</summary>
internal static class OtherNames
{
    private static readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        ["wstd"] = "weightStd",
        ["sigmaw"] = "weightStd",
        ["σw"] = "weightStd",
        ["weightsigma"] = "weightStd",
        ["weightstddev"] = "weightStd",
        ["bstd"] = "biasStd",
        ["sigmab"] = "biasStd",
        ["σb"] = "biasStd",
        ["biassigma"] = "biasStd",
        ["biasstddev"] = "biasStd",
        ["outdim"] = "width",
        ["outchan"] = "width",
        ["outchannels"] = "width",
        ["outfeatures"] = "width",
        ["units"] = "width",
        ["channels"] = "width",
        ["lr"] = "learningRate",
        ["filtershape"] = "filter",
        ["kernelsize"] = "filter",
        ["windowshape"] = "window",
        ["poolsize"] = "window",
        ["stride"] = "strides",
        ["keepprob"] = "keepProbability",
        ["keep"] = "keepProbability",
        ["n"] = "count",
        ["times"] = "count",
    };

    /// <summary>The one of <paramref name="names"/> that <paramref name="received"/> stands for or is near to; null: none.</summary>
    public static string? Of(string received, IReadOnlyCollection<string> names)
    {
        string plain = Plain(received);
        return names.FirstOrDefault(name => Plain(name) == plain)
            ?? (_names.GetValueOrDefault(plain) is { } other && names.Contains(other) ? other : NearestName.Of(received, names));
    }

    private static string Plain(string name) =>
        name.Length > 64 ? name : name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
