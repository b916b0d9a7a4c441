using System.Globalization;
using System.Text;

namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>A value in generated source: an operation on other values, computed once however many others use it.</summary>
/// <param name="operation">CUDA C++ with {0}, {1}, … for the operands.</param>
/// <param name="operands">What it is computed from; without any it stands where it is used.</param>
internal sealed class SourceTerm(string operation, params SourceTerm[] operands)
{
    private readonly CompositeFormat _operation = CompositeFormat.Parse(operation);

    /// <summary>A number, in the type that the source computes with.</summary>
    public static SourceTerm Number(double value, string type) => new($"({type}){Literal(value)}");

    /// <summary>The statements that compute some values, each into its own place.</summary>
    /// <param name="results">Left-hand sides, for example "*sine" or "return", and what goes there.</param>
    public static string Statements(params ReadOnlySpan<(string Target, SourceTerm Value)> results)
    {
        var names = new Dictionary<SourceTerm, string>(ReferenceEqualityComparer.Instance);
        var text = new StringBuilder();
        foreach ((string target, SourceTerm value) in results)
        {
            string name = value.Write(names, text);
            text.AppendLine(CultureInfo.InvariantCulture, $"    {target}{(target == "return" ? "" : " =")} {name};");
        }

        return text.ToString();
    }

    /// <summary>Writes what this value needs, then itself; returns how to refer to it.</summary>
    private string Write(Dictionary<SourceTerm, string> names, StringBuilder text)
    {
        if (names.TryGetValue(this, out string? known)) return known;
        string[] parts = [.. operands.Select(operand => operand.Write(names, text))];
        string written = string.Format(CultureInfo.InvariantCulture, _operation, (object[])parts);
        if (operands.Length == 0) return names[this] = written;
        string name = $"t{names.Count}";
        text.AppendLine(CultureInfo.InvariantCulture, $"    const auto {name} = {written};");
        return names[this] = name;
    }

    private static string Literal(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }
}
