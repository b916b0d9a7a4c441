namespace InfiniteNtk.Cli.Charts;

/// <summary>The shape of a measured point.</summary>
internal enum Marker
{
    Circle,
    Square,
    Diamond,
    Triangle,
    Down,
    Cross,
}

/// <summary>
/// How a series looks. Colours are those of Okabe and Ito (2008), told apart with any colour vision; dash and marker say the same
/// once more for print in grey.
/// </summary>
/// <param name="Colour">As CSS writes it.</param>
/// <param name="Dash">An SVG dash pattern; empty: solid.</param>
/// <param name="Marker">The shape of measured points.</param>
internal sealed record SeriesStyle(string Colour, string Dash, Marker Marker)
{
    private static readonly SeriesStyle[] _cycle =
    [
        new("#0072B2", "", Marker.Circle),
        new("#D55E00", "7 3", Marker.Square),
        new("#009E73", "2 2", Marker.Diamond),
        new("#CC79A7", "9 3 2 3", Marker.Triangle),
        new("#E69F00", "4 2", Marker.Down),
        new("#56B4E9", "12 3", Marker.Cross),
        new("#333333", "1 3", Marker.Circle),
    ];

    /// <summary>The style of the series with this index.</summary>
    public static SeriesStyle Of(int index) => _cycle[index % _cycle.Length];

    /// <summary>Number of styles before they repeat.</summary>
    public static int Count => _cycle.Length;
}
