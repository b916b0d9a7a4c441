using InfiniteNtk.Regression.Comparison;

namespace InfiniteNtk.Cli.Presentation;

/// <summary>How far a prediction is from its measurement, in the measurement's standard errors.</summary>
/// <param name="Ratio">Predicted / measured.</param>
/// <param name="StandardError">Standard error of the ratio: only the measurement has one.</param>
/// <param name="Distance">|predicted − measured| in standard errors of the measurement.</param>
internal readonly record struct Deviation(double Ratio, double StandardError, double Distance)
{
    /// <summary>Beyond this many standard errors a difference is called a miss.</summary>
    public const double Threshold = 3;

    /// <summary>Whether the difference is beyond three standard errors.</summary>
    public bool IsMiss => double.IsFinite(Ratio) && Distance > Threshold;

    /// <summary>For example "theory is 2.9 % low here"; empty where theory and measurement agree.</summary>
    public string Text => !IsMiss
        ? ""
        : $"theory is {NumberText.Significant(100 * Math.Abs(Ratio - 1), 2)} % {(Ratio < 1 ? "low" : "high")} here";

    /// <summary>The deviation of a prediction from a mean with its standard error.</summary>
    public static Deviation Of(double predicted, double measured, double standardError) =>
        new(predicted / measured, Math.Abs(predicted / measured) * standardError / Math.Abs(measured), Math.Abs(predicted - measured) / standardError);

    /// <summary>The point-resolved prediction of a curve's point.</summary>
    public static Deviation Of(CurvePoint point) => Of(point.Predicted, point.Measured, point.StandardError);

    /// <summary>The prediction from the spectrum alone.</summary>
    public static Deviation OfSpectral(CurvePoint point) => Of(point.Spectral, point.Measured, point.StandardError);
}
