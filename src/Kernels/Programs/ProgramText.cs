using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs.Axes;
using InfiniteNtk.Kernels.Signatures;

namespace InfiniteNtk.Kernels.Programs;

/// <summary>
/// A program as a numbered listing, one step a line, and the hash of that listing. Numbers are written so that reading them back
/// gives the same bits: equal listings are equal programs.
/// </summary>
/// <example>
/// <code>
/// input: 784 features
/// r0 = input product
/// r1 = affine r0: K = 2 K + 0.01, NTK = 2 NTK + 2 K + 0.01
/// r2 = dual r1: Relu
/// output: r2
/// </code>
/// </example>
internal static class ProgramText
{
    /// <summary>The listing, lines ended by "\n". K and NTK on the right of an equals sign are the source's.</summary>
    public static string Write(KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var writer = new StepWriter(program.Input.PositionCount);
        var text = new StringBuilder($"input: {program.Input}\n");
        foreach (Step step in program.Steps) text.Append(CultureInfo.InvariantCulture, $"r{step.Target} = {step.Accept(writer)}\n");
        return text.Append(CultureInfo.InvariantCulture, $"output: r{program.Steps.Count - 1}\n").ToString();
    }

    /// <summary>SHA-256 of the listing in UTF-8, in lower-case hexadecimal.</summary>
    public static string Hash(KernelProgram program) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(program))));

    /// <summary>An activation with its parameters: "Erf(a: 1, b: 2, c: 0)".</summary>
    internal static string Write(Activation activation)
    {
        Signature<Activation>? signature = ActivationCatalog.All.FirstOrDefault(row => row.Type == activation.GetType());
        if (signature is null) return activation.ToString();
        IEnumerable<string> values = signature.Parameters.Zip(
            signature.ValuesOf(activation), (parameter, value) => $"{parameter.Name}: {WriteValue(value)}");
        return signature.Parameters.Count == 0 ? signature.Name : $"{signature.Name}({string.Join(", ", values)})";
    }

    private static string WriteValue(object? value) => value switch
    {
        null => "none",
        string text => $"\"{text}\"",
        IEnumerable<double> numbers => $"[{string.Join(", ", numbers.Select(Number))}]",
        double number => Number(number),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class StepWriter(int positions) : IStepReader<string>
    {
        public string Read(InputProduct step) =>
            step.Flattened && positions > 1 ? "input product, positions flattened" : "input product";

        public string Read(Affine step) =>
            $"affine r{step.Source}: K = {Sum((step.WeightVariance, " K"), (step.BiasVariance, ""))}, "
            + $"NTK = {Sum((step.WeightVariance, " NTK"), (step.NtkScale, " K"), (step.NtkShift, ""))}";

        public string Read(Dual step) => $"dual r{step.Source}: {Write(step.Activation)}";

        public string Read(Combine step) =>
            "combine " + string.Join(" + ", step.From.Zip(step.Weights, (from, weight) => $"{Number(weight)} r{from}"));

        public string Read(Multiply step) => "multiply " + string.Join(" * ", step.From.Select(from => $"r{from}"));

        public string Read(Normalize step) =>
            $"normalize r{step.Source}: epsilon {Number(step.Epsilon)}"
            + (step.MeanAxes.Count == 0 ? "" : $", variance averaged over axes {string.Join(", ", step.MeanAxes)}");

        public string Read(Drop step) => $"drop r{step.Source}: keep {Number(step.KeepProbability)}";

        public string Read(FlattenPositions step) => $"flatten r{step.Source}";

        public string Read(TapSum step) =>
            $"{(step.Local ? "local tap sum" : "tap sum")} r{step.Source}, {AxisText.Write(step.Axes)}: "
            + $"K = {Sum((step.WeightVariance, " A[K]"), (step.BiasVariance, ""))}, "
            + $"NTK = {Sum((step.WeightVariance, " A[NTK]"), (step.NtkScale, " A[K]"), (step.NtkShift, ""))}";

        public string Read(MixPositions step) => $"mix r{step.Source}: {AxisText.Write(step.Axes)}";

        public string Read(ConcatPositions step) =>
            $"concatenate {string.Join(", ", step.From.Select(from => $"r{from}"))} along axis {step.Axis}";

        private static string Sum(params (double Factor, string Of)[] terms)
        {
            IEnumerable<string> present = terms.Where(term => term.Factor != 0).Select(term => Number(term.Factor) + term.Of);
            return string.Join(" + ", present.DefaultIfEmpty("0"));
        }
    }
}
