namespace InfiniteNtk.Kernels.Signatures;

/// <summary>What a parameter's value is, and how text and JSON write it.</summary>
internal enum ParameterKind
{
    /// <summary>A real number (<see cref="double"/>).</summary>
    Number,

    /// <summary>A whole number (<see cref="int"/>); null where an optional one is omitted.</summary>
    Integer,

    /// <summary>True or false (<see cref="bool"/>).</summary>
    Flag,

    /// <summary>A string, in text quoted (an expression in x).</summary>
    Text,

    /// <summary>One of a fixed list of words (<see cref="string"/>, lower case).</summary>
    Choice,

    /// <summary>A list of real numbers (an array of <see cref="double"/>).</summary>
    Numbers,

    /// <summary>A list of whole numbers (an array of <see cref="int"/>); null where an optional one is omitted.</summary>
    Integers,

    /// <summary>A list of whole numbers some of which are left open (an array of <c>int?</c>), written null.</summary>
    OptionalIntegers,

    /// <summary>A list of strings, in text quoted; a whole number stands for its digits.</summary>
    Texts,

    /// <summary>Another thing of the same family (<c>TBase</c> of the signature).</summary>
    Part,

    /// <summary>A list of things of the same family (an array of <c>TBase</c>), at least one.</summary>
    Parts,
}

/// <summary>One named parameter of a layer or activation.</summary>
/// <param name="Name">Its name, the same in C#, text and JSON (camelCase).</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Default">The value that is understood where it is omitted; ignored if <paramref name="Required"/>.</param>
/// <param name="Required">Whether it has to be given.</param>
/// <param name="Choices">The words allowed for <see cref="ParameterKind.Choice"/>.</param>
internal sealed record Parameter(
    string Name, ParameterKind Kind, object? Default = null, bool Required = false, IReadOnlyList<string>? Choices = null);
