
namespace InfiniteNtk.Cli.Charts;

/// <summary>A point of a chart.</summary>
/// <param name="X">Horizontal value.</param>
/// <param name="Y">Vertical value.</param>
/// <param name="Error">Half the length of the error bar; 0: none.</param>
/// <param name="Tooltip">Shown where the pointer rests; empty: none.</param>
internal sealed record ChartPoint(double X, double Y, double Error = 0, string Tooltip = "")
{
    /// <summary>Written beside the point where there is room; empty: none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether linear or logarithmic axes can show it.</summary>
    public bool ShowsOn(bool linear) => AxisScale.Shows(X, linear) && AxisScale.Shows(Y, linear);
}

/// <summary>One thing with a legend entry: lines of theory and points of measurement.</summary>
/// <param name="Label">Its legend entry.</param>
/// <param name="Style">Colour, dash and marker of all its parts.</param>
/// <param name="Line">The predicted curve.</param>
/// <param name="Points">The measured points.</param>
internal sealed record ChartSeries(string Label, SeriesStyle Style, ValueList<ChartPoint> Line, ValueList<ChartPoint> Points)
{
    /// <summary>A second, fainter predicted curve; empty: none.</summary>
    public ValueList<ChartPoint> Thin { get; init; } = [];
}
