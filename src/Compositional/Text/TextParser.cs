using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Compositional.Text;

/// <summary>
/// chain = sum { "&gt;&gt;" sum }; sum = atom { "+" atom }; atom = "(" chain ")" | name [ "(" arguments ")" ].
/// </summary>
internal sealed class TextParser
{
    private readonly TextCursor _cursor;
    private readonly ArgumentParser _arguments;

    private TextParser(string text)
    {
        _cursor = new TextCursor(text);
        _arguments = new ArgumentParser(_cursor, Chain);
    }

    public static Network Parse(string text)
    {
        var parser = new TextParser(text);
        TextCursor cursor = parser._cursor;
        if (Surrogates.FirstLone(text) is >= 0 and int lone)
        {
            throw cursor.Fail(lone, "it holds half a surrogate pair", "a text holds whole characters only", "Remove the half, or write both");
        }

        Network network = parser.Chain();
        return cursor.AtEnd
            ? network
            : throw cursor.Fail(cursor.Position, $"{cursor.Found()} follows a complete network", "networks are joined with >> or +", "Put >> or + between them");
    }

    private Network Chain()
    {
        var parts = new List<Network> { Sum() };
        while (_cursor.Take(">>")) parts.Add(Sum());
        return Serial.Of(parts);
    }

    private Network Sum()
    {
        var branches = new List<Network> { Atom() };
        while (_cursor.Take("+")) branches.Add(Atom());
        return Networks.Sum.Of(branches);
    }

    private Network Atom()
    {
        int start = _cursor.Position;
        if (_cursor.Take("("))
        {
            Network inside = _cursor.Nested(Chain);
            _cursor.Expect(")", "a network in brackets");
            return inside;
        }

        string found = _cursor.Found(), name = _cursor.TakeName();
        Signature<Network> signature = LayerCatalog.Find(name) ?? ArchitectureCatalog.Find(name) ?? throw Unknown(start, name, found);
        object?[] values = _arguments.Read(signature, start);
        try
        {
            return signature.Create(values);
        }
        catch (InfiniteNtkException cause)
        {
            throw _cursor.Fail(start, cause.Received, cause.Required, cause.Remedy, cause);
        }
    }

    private ParseException Unknown(int start, string name, string found)
    {
        string[] known = [.. LayerCatalog.All.Concat(ArchitectureCatalog.All).Select(row => row.Name)];
        string required = $"layers are {string.Join(", ", known[..LayerCatalog.All.Count])}; architectures are {string.Join(", ", known[LayerCatalog.All.Count..])}";
        if (name.Length == 0) return _cursor.Fail(start, $"{found} stands where a layer is expected", required, "Write a layer at the mark");
        return LaterLayers.Contains(name)
            ? _cursor.Fail(start, $"{name} is not available in this version", required, "Use one of these")
            : NearestName.Of(name, known) is { } near
                ? _cursor.Fail(start, $"unknown layer '{name}'", $"it is none of the {known.Length} layers", $"Did you mean {near}?")
                : _cursor.Fail(start, $"unknown layer '{name}'", required, "Use one of these");
    }
}
