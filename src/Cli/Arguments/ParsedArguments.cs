using System.Globalization;
using System.Numerics;
using InfiniteNtk.Compositional.Catalog;

namespace InfiniteNtk.Cli.Arguments;

/// <summary>
/// A command line read against a command's options: <c>--name value</c>, <c>--name=value</c>, switches, one or no positional
/// argument, <c>--</c> before a positional argument that begins with a dash.
/// </summary>
internal sealed class ParsedArguments
{
    private readonly string _command;
    private readonly Dictionary<string, List<string>> _values = [];

    private ParsedArguments(string command, IReadOnlyList<string> words)
    {
        _command = command;
        CommandLine = string.Join(' ', new[] { "intk", command }.Concat(words).Select(Quote));
    }

    /// <summary>The command line, quoted so that it can be pasted into a shell.</summary>
    public string CommandLine { get; }

    /// <summary>The positional argument; null where none was given.</summary>
    public string? Positional { get; private set; }

    /// <summary>Reads the words that follow the command's name.</summary>
    /// <exception cref="UsageException">An unknown or repeated option, a missing value, too many positional arguments.</exception>
    public static ParsedArguments Parse(string command, IReadOnlyList<string> words, IReadOnlyList<Option> options, bool takesPositional)
    {
        var parsed = new ParsedArguments(command, words);
        bool onlyPositional = false;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (!onlyPositional && word == "--") onlyPositional = true;
            else if (onlyPositional || !LooksLikeOption(word)) parsed.TakePositional(word, takesPositional);
            else parsed.TakeOption(words, ref i, options);
        }

        return parsed;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>An option's value; null where it was not given.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out List<string>? values) ? values[0] : null;

    /// <summary>All values of an option that repeats.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out List<string>? values) ? values : [];

    /// <summary>An option's value, which the command cannot do without.</summary>
    public string Required(string name, string why) =>
        Text(name) ?? throw new UsageException($"{_command} needs {name}: {why}. See intk {_command} --help.");

    /// <summary>The positional argument, which the command cannot do without.</summary>
    public string RequiredPositional(string what) =>
        Positional ?? throw new UsageException($"{_command} needs {what}. See intk {_command} --help.");

    /// <summary>Replaces the files to be read and the networks.</summary>
    public void Replace(IReadOnlyList<Option> options, Func<string, string> file, Func<string, string> network, bool positionalIsNetwork)
    {
        if (Positional is not null) Positional = (positionalIsNetwork ? network : file)(Positional);
        foreach ((string name, List<string> values) in _values)
        {
            Option option = options.First(known => known.Name == name);
            if (option.IsInput) values[0] = file(values[0]);
            for (int i = 0; option.IsNetwork && i < values.Count; i++) values[i] = network(values[i]);
        }
    }

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public int? Integer(string name, int least)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least) return value;
        throw new UsageException($"{name} is \"{text}\", but must be a whole number {(IsTooLarge(text) ? $"of at most {int.MaxValue}" : $"of at least {least}")}.");
    }

    /// <summary>Whole numbers of at least <paramref name="least"/>, separated by commas, in ascending order without repetition.</summary>
    public ValueList<int>? Integers(string name, int least)
    {
        if (Text(name) is not { } text) return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var values = new SortedSet<int>();
        foreach (string part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < least)
            {
                string range = IsTooLarge(part) ? $"at most {int.MaxValue}" : $"at least {least}";
                throw new UsageException($"{name} is \"{text}\", but must be whole numbers of {range} separated by commas, such as 50,200,1000.");
            }

            values.Add(value);
        }

        return [.. values];
    }

    /// <summary>A share between 0 and 1, both excluded: 0.02 or 2%.</summary>
    public double? Share(string name)
    {
        if (Text(name) is not { } text) return null;
        bool percent = text.EndsWith('%');
        bool number = double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        double share = percent ? value / 100 : value;
        return number && share is > 0 and < 1 ? share : throw new UsageException($"{name} is \"{text}\", but must be a share between 0 and 1, such as 0.02 or 2%.");
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string name, T otherwise, params ReadOnlySpan<(string Word, T Meaning)> choices)
    {
        if (Text(name) is not { } text) return otherwise;
        foreach ((string word, T meaning) in choices)
        {
            if (word == text) return meaning;
        }

        string[] words = new string[choices.Length];
        for (int i = 0; i < choices.Length; i++) words[i] = choices[i].Word;
        throw new UsageException($"{name} is \"{text}\", but must be {string.Join(" or ", words)}.");
    }

    private void TakePositional(string word, bool takesPositional)
    {
        if (!takesPositional) throw new UsageException($"{_command} takes no file by position, but got \"{word}\". See intk {_command} --help.");
        if (Positional is not null)
        {
            // The commonest cause: the shell took ">>" for itself, or a network was not quoted.
            throw new UsageException($"{_command} takes one argument by position, but got \"{Positional}\" and \"{word}\". Quote networks: --net \"Dense >> Relu >> Dense\".");
        }

        Positional = word;
    }

    private void TakeOption(IReadOnlyList<string> words, ref int index, IReadOnlyList<Option> options)
    {
        string word = words[index];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        Option option = options.FirstOrDefault(known => known.Name == name)
            ?? throw new UsageException(
                $"{_command} has no option {name}. {NearestName.Remedy(name, options.Select(known => known.Name), $"See intk {_command} --help.")}");
        string value = "";
        if (option.Value is null && equals >= 0) throw new UsageException($"{name} is a switch and takes no value.");
        if (option.Value is not null)
        {
            bool follows = equals < 0 && index + 1 < words.Count && !LooksLikeOption(words[index + 1]);
            if (equals < 0 && !follows) throw new UsageException($"{name} needs a value: {option.Usage}.");
            value = follows ? words[++index] : word[(equals + 1)..];
        }

        if (!_values.TryGetValue(name, out List<string>? values)) _values[name] = values = [];
        if (values.Count > 0 && !option.Repeats) throw new UsageException($"{name} is given twice; {_command} takes it once.");
        values.Add(value);
    }

    private static bool IsTooLarge(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value) && value > int.MaxValue;

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=,:@+%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // "-3" is a number and "-" a file by convention; everything else with a dash is meant as an option.
    private static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';
}
