using System.Text;

namespace InfiniteNtk.Fuzz;

/// <summary>Changes bytes, texts and lists of words a little, as a damaged disk, a typing error or an attacker would.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly byte[] _bytes = [0, 1, 0x7F, 0x80, 0xFF, (byte)'\n', (byte)'"', (byte)',', (byte)'(', 0x1B, (byte)'-', (byte)'9', (byte)'.', (byte)' '];

    /// <summary>Pieces that have meaning somewhere: numbers at limits, brackets, quotes, sequences that terminals obey.</summary>
    private static readonly string[] _pieces =
    [
        "", " ", "\n", "\r", "\t", "\0", "\"", "'", ",", ";", ":", "(", ")", "[", "]", "{", "}", ">>", "+", "-", "*", "/", "^", "=", "@", "x", "e", "pi",
        "0", "-0", "1", "-1", "2", "3", "1e308", "1e-320", "1e999", "-1e999", "NaN", "Infinity", "inf", "2147483647", "2147483648", "-2147483648",
        "9223372036854775807", "99999999999999999999", "0.1", "1/0", "0/0", "sqrt(-1)", "sqrt(2)", "1e", "1_000", "\u001b]0;owned\u0007", "\u001b[2J", "\u009b31m",
        "\u202e", "\ufeff", "\ud800", "\udfff", "\u00e9", "\u6f22", "\U0001F600", "null", "true", "Dense", "Relu", "Flatten", "Conv(3, 3)", "GlobalAveragePool",
        "Identity", "Repeat(3, Dense >> Relu)", "Concat(Dense, Dense)", "LayerNorm", "Dropout(0.5)", "AveragePool(2, 2)", "Slice", "Index", "relu(x)", "abs(x)", "log(x)",
        "max(x, 1)", "sin(x)", "x^2", "x^0.5", "x^x", "1/x",
    ];

    /// <summary>Some changes to bytes; <paramref name="other"/> lends pieces.</summary>
    public byte[] Bytes(byte[] seed, byte[] other)
    {
        var bytes = new List<byte>(seed);
        for (int change = Changes(); change > 0; change--)
        {
            int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 1 << random.Next(1, 8)), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = Any(_bytes); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.Insert(at, Any(_bytes)); break;
                case 5: bytes.RemoveRange(at, bytes.Count - at); break;
                case 6: bytes.InsertRange(at, other.Skip(random.Next(other.Length + 1)).Take(length)); break;
                case 7: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Any(_pieces))); break;
                case 8 when at + 4 <= bytes.Count: // An extent, a length, an offset.
                    byte[] number = BitConverter.GetBytes(random.Next(4) switch { 0 => int.MaxValue, 1 => -1, 2 => 0, _ => random.Next() });
                    for (int i = 0; i < 4; i++) bytes[at + i] = number[i];
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Some changes to a text; <paramref name="other"/> lends pieces.</summary>
    public string Text(string seed, string other)
    {
        string text = seed;
        for (int change = Changes(); change > 0; change--)
        {
            int at = random.Next(text.Length + 1), length = Math.Min(random.Next(1, 1 << random.Next(1, 6)), text.Length - at);
            text = random.Next(8) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, Any(_pieces)),
                3 => text.Remove(at, length).Insert(at, Any(_pieces)),
                4 => text.Insert(at, ((char)random.Next(1, 128)).ToString()),
                5 => text.Remove(at, length).Insert(at, Part(other)),
                6 => text.Insert(at, string.Concat(Enumerable.Repeat(Any(_pieces), random.Next(2, 60)))),
                _ => random.Next(20) == 0 ? text[..at] : text.Insert(at, Any(_pieces)),
            };
        }

        return text;
    }

    /// <summary>Some changes to a command line; <paramref name="other"/> lends words, <paramref name="extra"/> are words to try.</summary>
    public string[] Words(string[] seed, string[] other, string[] extra)
    {
        var words = new List<string>(seed);
        for (int change = Changes(); change > 0; change--)
        {
            int at = random.Next(words.Count + 1);
            bool inside = at < words.Count;
            switch (random.Next(7))
            {
                case 0 when inside: words.RemoveAt(at); break;
                case 1 when inside: words.Insert(at, words[at]); break;
                case 2 when inside: words[at] = Any(extra); break;
                case 3: words.Insert(at, Any(extra)); break;
                case 4 when inside: words[at] = Text(words[at], Any(other)); break;
                case 5 when inside: words[at] = Any(other); break;
                case 6 when inside && random.Next(10) == 0: words[at] = new string(Any(_pieces).PadRight(1)[0], 100_000); break;
            }
        }

        return [.. words];
    }

    /// <summary>One of several.</summary>
    public T Any<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    // Mostly one: what is changed in many places fails at the first.
    private int Changes() => 1 + (int)(-Math.Log(1 - random.NextDouble()));

    private string Part(string text)
    {
        int at = random.Next(text.Length + 1);
        return text.Substring(at, Math.Min(random.Next(1, 30), text.Length - at));
    }
}
