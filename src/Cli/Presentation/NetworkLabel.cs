using System.Text;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>
/// A short name for charts and terminals: arguments left out, repetitions gathered, as in <c>Flatten >> (Dense >> Relu) × 3 >> Dense</c>.
/// It is a label and not a network: the full text stands beside it in every table.
/// </summary>
internal static class NetworkLabel
{
    /// <summary>The short form of a network's text; baselines' names come back as they are.</summary>
    public static string Short(string text)
    {
        string bare = WithoutNumbers(text);
        return string.Join(" >> ", Gather([.. SplitChain(bare).Select(Repetition)]));
    }

    /// <summary>Shorter still, for narrow tables: without spaces and without the Flatten that every network on images begins with.</summary>
    public static string Compact(string text)
    {
        const string flatten = "Flatten >> ";
        string label = Short(text);
        if (label.StartsWith(flatten, StringComparison.Ordinal)) label = label[flatten.Length..];
        return label.Replace(" >> ", ">>", StringComparison.Ordinal).Replace(" × ", "×", StringComparison.Ordinal);
    }

    // Finds the repeated run that shortens the chain most and writes it once.
    private static string[] Gather(string[] layers)
    {
        (int Start, int Length, int Times) best = (0, 0, 1);
        for (int length = 1; 2 * length <= layers.Length; length++)
        {
            for (int start = 0; start + 2 * length <= layers.Length; start++)
            {
                int times = 1;
                while (start + (times + 1) * length <= layers.Length
                    && layers.AsSpan(start, length).SequenceEqual(layers.AsSpan(start + times * length, length))) times++;
                if (times > 1 && length * (times - 1) > best.Length * (best.Times - 1)) best = (start, length, times);
            }
        }

        if (best.Times == 1) return layers;
        string body = string.Join(" >> ", layers.AsSpan(best.Start, best.Length).ToArray());
        return
        [
            .. layers.Take(best.Start),
            $"{(best.Length > 1 ? $"({body})" : body)} × {best.Times}",
            .. layers.Skip(best.Start + best.Length * best.Times),
        ];
    }

    // Repeat(3, Dense >> Relu) is written as a repetition that the reader finds.
    private static string Repetition(string layer)
    {
        const string repeat = "Repeat(";
        int comma = layer.IndexOf(',', StringComparison.Ordinal);
        if (!layer.StartsWith(repeat, StringComparison.Ordinal) || comma < 0 || Closing(layer, repeat.Length - 1) != layer.Length - 1) return layer;
        return $"({layer[(comma + 1)..^1].Trim()}) × {layer[repeat.Length..comma].Trim()}";
    }

    // Splits at the >> of the outermost level.
    private static string[] SplitChain(string text)
    {
        List<string> layers = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth != 0 || !text.AsSpan(i).StartsWith(">>")) continue;
            layers.Add(text[start..i].Trim());
            start = i + 2;
            i++;
        }

        layers.Add(text[start..].Trim());
        return [.. layers];
    }

    // Leaves out argument lists of numbers; filter sizes, expressions and networks inside networks stay.
    private static string WithoutNumbers(string text)
    {
        var bare = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            int close = text[i] == '(' ? Closing(text, i) : -1;
            if (close < 0)
            {
                bare.Append(text[i]);
                continue;
            }

            string arguments = text[(i + 1)..close];
            bool isCall = i > 0 && char.IsLetterOrDigit(text[i - 1]);
            bool isExpression = arguments.Contains('"', StringComparison.Ordinal);
            bool hasNetworks = Enumerable.Range(0, arguments.Length).Any(at => StartsLayer(arguments, at));
            bool isSizes = arguments.Length > 0 && arguments.All(c => char.IsAsciiDigit(c) || c is ',' or ' ');
            if (!isCall || isExpression || hasNetworks || isSizes)
            {
                bare.Append('(').Append(isExpression ? arguments : WithoutNumbers(arguments)).Append(')');
            }

            i = close;
        }

        return bare.ToString();
    }

    // A capitalised word is a layer, unless it is a constant or the value of an argument.
    private static bool StartsLayer(string text, int at) =>
        char.IsAsciiLetterUpper(text[at])
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
        && !text.AsSpan(at).StartsWith("Sqrt2")
        && !text.AsSpan(0, at).TrimEnd().EndsWith(":");

    private static int Closing(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) return i;
        }

        return -1;
    }
}
