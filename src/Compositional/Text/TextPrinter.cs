using System.Globalization;
using System.Text;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Text;

/// <summary>
/// Writes a network as legal C#: chains with <c>&gt;&gt;</c>, sums with <c>+</c>, everything else as its signature says, with
/// required parameters by position and optional ones by name where they differ from their default.
/// </summary>
internal static class TextPrinter
{
    public static void Print(Network network, StringBuilder text)
    {
        switch (network)
        {
            case Serial serial:
                Join(serial.Parts, " >> ", part => part is Sum, text);
                break;
            case Sum sum:
                Join(sum.Branches, " + ", branch => branch is Serial, text);
                break;
            default:
                PrintCall(network, text);
                break;
        }
    }

    private static void Join(IEnumerable<Network> parts, string separator, Func<Network, bool> needsParentheses, StringBuilder text)
    {
        bool first = true;
        foreach (Network part in parts)
        {
            if (!first) text.Append(separator);
            first = false;
            bool parentheses = needsParentheses(part);
            if (parentheses) text.Append('(');
            Print(part, text);
            if (parentheses) text.Append(')');
        }
    }

    private static void PrintCall(Network network, StringBuilder text)
    {
        if (LayerCatalog.Of(network) is not { } signature)
        {
            // An activation that is code: its name is all that can be shown, and parsing refuses it.
            text.Append(((ActivationLayer)network).Activation);
            return;
        }

        text.Append(signature.Name);
        if (signature.Parameters.Count == 0) return;
        text.Append('(');
        bool first = true;
        foreach ((Parameter parameter, object? value) in signature.Parameters.Zip(signature.ValuesOf(network)))
        {
            if (!parameter.Required && ParameterValue.AreEqual(value, parameter.Default)) continue;
            if (!first) text.Append(", ");
            first = false;
            if (!parameter.Required) text.Append(parameter.Name).Append(": ");
            PrintValue(parameter, value!, text);
        }

        text.Append(')');
    }

    private static void PrintValue(Parameter parameter, object value, StringBuilder text)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Number:
                text.Append(NumberText.Print((double)value));
                break;
            case ParameterKind.Integer:
                text.Append(CultureInfo.InvariantCulture, $"{(int)value}");
                break;
            case ParameterKind.Flag:
                text.Append((bool)value ? "true" : "false");
                break;
            case ParameterKind.Text:
                text.Append(Quoted((string)value));
                break;
            case ParameterKind.Choice:
                string word = (string)value;
                text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
                break;
            case ParameterKind.Numbers:
                text.Append('[').AppendJoin(", ", ((double[])value).Select(NumberText.Print)).Append(']');
                break;
            case ParameterKind.Integers:
                // As many as the words of C# take one by one: Conv(3, 3).
                int[] numbers = (int[])value;
                bool oneByOne = parameter.Required && numbers.Length <= Layers.MostExtents;
                text.Append(oneByOne ? "" : "[").AppendJoin(", ", numbers).Append(oneByOne ? "" : "]");
                break;
            case ParameterKind.OptionalIntegers:
                text.Append('[').AppendJoin(", ", ((int?[])value).Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? "null")).Append(']');
                break;
            case ParameterKind.Texts:
                text.AppendJoin(", ", ((string[])value).Select(Quoted));
                break;
            case ParameterKind.Part:
                Print((Network)value, text);
                break;
            case ParameterKind.Parts:
                Join((Network[])value, ", ", _ => false, text);
                break;
            default:
                throw new InvalidOperationException($"No text form for {parameter.Kind}.");
        }
    }

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
