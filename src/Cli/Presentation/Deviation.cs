namespace InfiniteNtk.Cli.Presentation;

/// <summary>How far a prediction is from its measurement, in standard errors that a few huge errors do not decide.</summary>
/// <param name="Ratio">Predicted / measured mean.</param>
/// <param name="StandardError">Relative standard error of a typical measured error, times the ratio: only the measurement has one.</param>
/// <param name="Factor">Predicted over what it is measured to be: 1 between median and mean, else relative to the nearer of the two.</param>
/// <param name="Distance">|log factor| in standard errors of a typical error.</param>
internal readonly record struct Deviation(double Ratio, double StandardError, double Factor, double Distance)
{
    /// <summary>Whether the difference is beyond three standard errors.</summary>
    public bool IsMiss => double.IsFinite(Factor) && Distance > CurvePoint.MissWidth;

    /// <summary>Whether it is a miss by more than a factor of 1.2.</summary>
    public bool IsFarOff => IsMiss && Factor is > CurvePoint.FarOff or < 1 / CurvePoint.FarOff;

    /// <summary>For example "theory is 2.9 % low here"; empty where theory and measurement agree.</summary>
    public string Text => !IsMiss
        ? ""
        : $"theory is {NumberText.Significant(100 * Math.Abs(Factor - 1), 2)} % {(Factor < 1 ? "low" : "high")} here";

    /// <summary>The point-resolved prediction of a curve's point.</summary>
    public static Deviation Of(CurvePoint point)
    {
        double ratio = point.Predicted / point.Measured;
        double error = double.IsNaN(point.TypicalError) ? Math.Abs(ratio) * point.StandardError / Math.Abs(point.Measured) : Math.Abs(ratio) * point.TypicalError;
        return new Deviation(ratio, error, point.Factor(point.Predicted), point.Distance(point.Predicted));
    }
}
