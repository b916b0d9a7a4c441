using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Text;

/// <summary>The arguments between the brackets of a layer, by position or by name, as its signature asks.</summary>
internal sealed class ArgumentParser(TextCursor cursor, Func<Network> network)
{
    private readonly NumberParser _numbers = new(cursor);

    /// <summary>All parameter values, defaults filled in.</summary>
    /// <param name="signature">What is being written.</param>
    /// <param name="start">Where its name stands.</param>
    public object?[] Read(Signature<Network> signature, int start)
    {
        IReadOnlyList<Parameter> parameters = signature.Parameters;
        var values = new object?[parameters.Count];
        var given = new bool[parameters.Count];
        if (cursor.Take("(") && !cursor.Take(")"))
        {
            do
            {
                int index = Target(signature, given);
                values[index] = Value(parameters[index]);
                given[index] = true;
            }
            while (cursor.Take(","));
            cursor.Expect(")", $"an argument of {signature.Name}");
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (given[i]) continue;
            if (parameters[i].Required)
            {
                throw cursor.Fail(
                    start, $"{signature.Name} is written without {parameters[i].Name}", $"{signature.Name} takes {Describe(parameters)}",
                    $"Add {parameters[i].Name}");
            }

            values[i] = parameters[i].Default;
        }

        return values;
    }

    /// <summary>The parameter that the argument at the cursor is for; a leading "name:" is taken.</summary>
    private int Target(Signature<Network> signature, bool[] given)
    {
        IReadOnlyList<Parameter> parameters = signature.Parameters;
        int start = cursor.Position;
        string[] names = [.. parameters.Select(parameter => parameter.Name)];
        if (cursor.TakeAssigned() is { } assigned)
        {
            throw cursor.Fail(
                start, $"'{assigned}=' stands for a parameter", "parameters are named with a colon, name: value",
                OtherNames.Of(assigned, names) is { } meant ? $"Write {meant}: {cursor.PeekArgument()}" : $"{signature.Name} takes {Describe(parameters)}");
        }

        if (cursor.TakeLabel() is { } name)
        {
            int index = parameters.TakeWhile(parameter => parameter.Name != name).Count();
            if (index == parameters.Count)
            {
                throw cursor.Fail(
                    start, $"{signature.Name} has no parameter '{name}'", $"{signature.Name} takes {Describe(parameters)}",
                    OtherNames.Of(name, names) is { } meant ? $"Did you mean {meant}? Write {meant}: {cursor.PeekArgument()}" : "Remove it");
            }

            return !given[index]
                ? index
                : throw cursor.Fail(start, $"{name} is given twice", "each parameter is given once", "Remove one");
        }

        // Networks may follow omitted numbers: Concat(a, b) leaves out the axis.
        bool isNumber = char.IsAsciiDigit(cursor.Next) || cursor.Next is '-' or '.';
        for (int index = 0; index < given.Length; index++)
        {
            if (given[index]) continue;
            bool isPart = parameters[index].Kind is ParameterKind.Part or ParameterKind.Parts;
            bool partFollows = parameters.Any(parameter => parameter.Kind is ParameterKind.Part or ParameterKind.Parts);
            if (!partFollows || isPart || isNumber) return index;
        }

        throw cursor.Fail(
            start, $"{signature.Name} has more arguments than parameters", $"{signature.Name} takes {Describe(parameters)}", "Remove the last ones");
    }

    private object? Value(Parameter parameter)
    {
        if (!parameter.Required && parameter.Default is null && cursor.PeekWord() == "null")
        {
            cursor.TakeWord();
            return null;
        }

        return parameter.Kind switch
        {
            ParameterKind.Number => _numbers.Real(parameter.Name),
            ParameterKind.Integer => _numbers.Whole(parameter.Name),
            ParameterKind.Flag => Word(parameter, ["true", "false"]) == "true",
            ParameterKind.Text => cursor.TakeQuoted(parameter.Name),
            ParameterKind.Choice => Word(parameter, parameter.Choices!),
            ParameterKind.Numbers => List(() => _numbers.Real(parameter.Name), parameter),
            ParameterKind.Integers => List(() => _numbers.Whole(parameter.Name), parameter),
            ParameterKind.OptionalIntegers => List(() => OptionalWhole(parameter), parameter),
            ParameterKind.Texts => List(() => cursor.Next == '"' ? cursor.TakeQuoted(parameter.Name) : $"{_numbers.Whole(parameter.Name)}", parameter),
            ParameterKind.Part => cursor.Nested(network),
            ParameterKind.Parts => Parts(),
            _ => throw new InvalidOperationException($"No text form for {parameter.Kind}."),
        };
    }

    private string Word(Parameter parameter, IReadOnlyList<string> choices)
    {
        int start = cursor.Position;
        string found = cursor.Found();
        string word = cursor.Next == '"' ? cursor.TakeQuoted(parameter.Name) : cursor.TakeWord();
        return choices.FirstOrDefault(choice => choice.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? throw cursor.Fail(
            start, $"{found} stands for {parameter.Name}", $"it is one of {string.Join(", ", choices)}",
            NearestName.Remedy(word, choices, "Write one of these words"));
    }

    private int? OptionalWhole(Parameter parameter)
    {
        if (cursor.PeekWord() != "null") return _numbers.Whole(parameter.Name);
        cursor.TakeWord();
        return null;
    }

    /// <summary>Whether the next argument goes on with a list without brackets: it has no name and is not a list of its own.</summary>
    private bool StandsInList() => cursor.Next != '[' && !cursor.IsNamedNext;

    /// <summary>[a, b, c], or the same without brackets up to the next named argument.</summary>
    private T[] List<T>(Func<T> item, Parameter parameter)
    {
        bool bracketed = cursor.Take("[");
        var items = new List<T>();
        if (bracketed && cursor.Take("]")) return [];
        do items.Add(item());
        while (bracketed ? cursor.Take(",") : cursor.TakeCommaBefore(StandsInList));
        if (bracketed) cursor.Expect("]", $"the list {parameter.Name}");
        return [.. items];
    }

    private Network[] Parts()
    {
        var parts = new List<Network>();
        do parts.Add(cursor.Nested(network));
        while (cursor.Take(","));
        return [.. parts];
    }

    private static string Describe(IReadOnlyList<Parameter> parameters) => parameters.Count == 0
        ? "no arguments"
        : string.Join(", ", parameters.Select(parameter => parameter.Required ? parameter.Name : $"[{parameter.Name}]"));
}
