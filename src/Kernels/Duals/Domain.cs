using System.Globalization;

namespace InfiniteNtk.Kernels.Duals;

/// <summary>Checks of activation parameters; each returns the value it accepts.</summary>
internal static class Domain
{
    public static double Finite(string activation, string parameter, double value) =>
        double.IsFinite(value) ? value : throw Refused(activation, parameter, value, "must be finite", "Give a finite number.");

    public static double Positive(string activation, string parameter, double value) =>
        double.IsFinite(value) && value > 0
            ? value
            : throw Refused(activation, parameter, value, "must be finite and above 0", "Give a positive number.");

    public static int Between(string activation, string parameter, int value, int lowest, int highest) =>
        value >= lowest && value <= highest
            ? value
            : throw Refused(
                activation, parameter, value, $"must be from {lowest} to {highest}", "Choose a degree in that range.");

    private static InvalidArgumentException Refused(
        string activation, string parameter, IFormattable value, string required, string remedy) =>
        new($"Cannot make the activation {activation}", $"{parameter} = {value.ToString(null, CultureInfo.InvariantCulture)}",
            $"{parameter} {required}", remedy);
}
