namespace InfiniteNtk.Kernels.Signatures;

/// <summary>
/// How a described thing is written and read: its name, its ordered parameters, how to make one and how to take one apart.
/// One signature serves the text form, the JSON form and their parsers.
/// </summary>
/// <typeparam name="TBase">The family it belongs to (activations, layers).</typeparam>
internal sealed class Signature<TBase> where TBase : class
{
    private readonly Func<IReadOnlyList<object?>, TBase> _create;
    private readonly Func<TBase, IReadOnlyList<object?>> _values;

    private Signature(
        string name, Type type, IReadOnlyList<Parameter> parameters,
        Func<IReadOnlyList<object?>, TBase> create, Func<TBase, IReadOnlyList<object?>> values)
    {
        Name = name;
        Type = type;
        Parameters = parameters;
        _create = create;
        _values = values;
    }

    /// <summary>The name in text (PascalCase); JSON lowers its first letter.</summary>
    public string Name { get; }

    /// <summary>The described type.</summary>
    public Type Type { get; }

    /// <summary>The parameters in positional order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// A signature of <typeparamref name="T"/>; values are in the order of <paramref name="parameters"/>. What is created may be
    /// simpler than a <typeparamref name="T"/> (a chain of one part is that part).
    /// </summary>
    public static Signature<TBase> Of<T>(
        string name, IReadOnlyList<Parameter> parameters,
        Func<IReadOnlyList<object?>, TBase> create, Func<T, IReadOnlyList<object?>> values) where T : class, TBase =>
        new(name, typeof(T), parameters, create, item => values((T)item));

    /// <summary>Makes the thing from its parameter values, in order, defaults filled in.</summary>
    public TBase Create(IReadOnlyList<object?> values) => _create(values);

    /// <summary>The parameter values of <paramref name="item"/>, in order.</summary>
    public IReadOnlyList<object?> ValuesOf(TBase item) => _values(item);
}
