using System.Globalization;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Catalog;

/// <summary>
/// The table of named architectures that texts may mention. A name stands for its layers: networks print as these, and JSON has no names.
/// </summary>
internal static class ArchitectureCatalog
{
    /// <summary>One row per word of <see cref="Architectures"/>.</summary>
    public static IReadOnlyList<Signature<Network>> All { get; } =
    [
        Row(
            "Myrtle", [new("depth", ParameterKind.Integer, Required: true), WeightStd, BiasStd],
            v => Architectures.Myrtle((int)v[0]!, (double)v[1]!, (double)v[2]!)),
        Row(
            "WideResNet", [new("depth", ParameterKind.Integer, 28), new("width", ParameterKind.Integer, 10), WeightStd, BiasStd],
            v => Architectures.WideResNet((int)v[0]!, (int)v[1]!, (double)v[2]!, (double)v[3]!)),
        Row(
            "Cntk",
            [
                new("depth", ParameterKind.Integer, Required: true), new("globalPooling", ParameterKind.Flag, true),
                new("trainEnds", ParameterKind.Flag, true),
            ],
            v => Architectures.Cntk((int)v[0]!, (bool)v[1]!, (bool)v[2]!)),
        Row("LeNet", [WeightStd, BiasStd], v => Architectures.LeNet((double)v[0]!, (double)v[1]!)),
    ];

    private static Parameter WeightStd => new("weightStd", ParameterKind.Number, Layers.Sqrt2);

    private static Parameter BiasStd => new("biasStd", ParameterKind.Number, 0.0);

    /// <summary>
    /// The row of a name, which need not have its capitals and may end in whole numbers for the first parameters: "myrtle5" is Myrtle(5),
    /// "wide-resnet-28-10" is WideResNet(28, 10), "cntk21(trainEnds: false)" is Cntk(21, trainEnds: false). Null: no such name.
    /// </summary>
    public static Signature<Network>? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int letters = name.TakeWhile(character => !char.IsAsciiDigit(character)).Count();
        string word = name[..letters].Replace("-", "", StringComparison.Ordinal);
        Signature<Network>? row = All.FirstOrDefault(row => row.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (row is null || letters == name.Length) return row;
        var numbers = new List<object?>();
        foreach (string digits in name[letters..].Split('-'))
        {
            bool fits = numbers.Count < row.Parameters.Count && row.Parameters[numbers.Count].Kind == ParameterKind.Integer;
            if (!fits || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
            numbers.Add(number);
        }

        return Row(name, [.. row.Parameters.Skip(numbers.Count)], values => row.Create([.. numbers, .. values]));
    }

    private static Signature<Network> Row(string name, IReadOnlyList<Parameter> parameters, Func<IReadOnlyList<object?>, Network> create) =>
        Signature<Network>.Of<Network>(
            name, parameters, create, _ => throw new NotSupportedException($"{name} stands for its layers and is never printed."));
}
