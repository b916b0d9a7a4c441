using System.Diagnostics;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Execution;
using InfiniteNtk.Kernels.Execution.Cpu;

namespace InfiniteNtk.Cli.Commands;

/// <summary>Feeds a comparison kernel by kernel, so that no more than one network's matrices are in memory.</summary>
internal sealed class ComparisonRun(
    KernelComparison comparison, LabelledData data, ILinearAlgebra algebra, ExecutionOptions execution, ProgressLine progress, ComparisonForecast forecast)
{
    private readonly CpuExecutor _executor = new();
    private int _done;
    private int _total;

    /// <summary>About how many dimensions the inputs fill; NaN before <see cref="All"/>.</summary>
    public double IntrinsicDimension { get; private set; } = double.NaN;

    /// <summary>Both kernels of each network, then the baselines. A network that fails is left out.</summary>
    /// <exception cref="NumericalFailureException">No network is left.</exception>
    public void All(IReadOnlyList<(string Text, KernelProgram Program)> networks)
    {
        _total = 2 * networks.Count + BaselineKernels.Names.Count;
        foreach ((string text, KernelProgram program) in networks)
        {
            try
            {
                Network(text, program);
            }
            catch (NumericalFailureException failure)
            {
                foreach (string kernel in (string[])["nngp", "ntk"]) LeaveOut(text, kernel, failure.Message);
            }
        }

        RequireOne(networks);
        var baselines = new BaselineKernels(data.Inputs, algebra);
        IntrinsicDimension = baselines.IntrinsicDimension;
        foreach (string name in BaselineKernels.Names) Baseline(baselines, name);
    }

    /// <summary>Baselines alone are no comparison of networks: where each was left out, the first reason is the answer.</summary>
    private void RequireOne(IReadOnlyList<(string Text, KernelProgram Program)> networks)
    {
        if (networks.Count == 0 || comparison.Result() is not { Rows.Count: 0, LeftOut: [LeftOutKernel first, ..] all }) return;
        throw new NumericalFailureException(
            networks.Count == 1 ? $"Cannot compare {first.Name}" : $"Cannot compare any of {networks.Count} networks",
            string.Join("; ", all.Select(kernel => kernel.Reason).Distinct().Take(3)), "one network at least must have a kernel that can be compared",
            "Do what is said of the first, or choose other networks with --net");
    }

    private void Baseline(BaselineKernels baselines, string name)
    {
        var watch = Stopwatch.StartNew();
        using KernelMatrix<double> kernel = baselines.Of(name);
        double entries = (double)kernel.Rows * (kernel.Rows + 1) / 2, milliseconds = watch.Elapsed.TotalMilliseconds / Math.Max(entries, 1);
        using KernelMatrix<double>? test = data.TestInputs is { } inputs ? baselines.Of(name, inputs) : null;
        Add(name, name, kernel, test, milliseconds, []);
    }

    private void Network(string text, KernelProgram program)
    {
        progress.Step($"kernels of {text}", forecast.Left);
        forecast.NetworkDone();
        progress.Rest = forecast.Left ?? TimeSpan.Zero;
        using KernelPair<double> kernels = _executor.Run<double>(new KernelRequest(program, data.Inputs), execution);
        using KernelPair<double>? test = data.TestInputs is { } inputs
            ? _executor.Run<double>(new KernelRequest(program, inputs, data.Inputs), execution)
            : null;
        double milliseconds = kernels.Report.Elapsed.TotalMilliseconds / Math.Max(kernels.Report.Entries, 1);
        Add(text, "nngp", kernels.Nngp, test?.Nngp, milliseconds, kernels.Report.Warnings);
        Add(text, "ntk", kernels.Ntk, test?.Ntk, milliseconds, kernels.Report.Warnings);
    }

    private void LeaveOut(string name, string kernel, string reason)
    {
        progress.Step($"[{++_done}/{_total}] leaving out {kernel} of {name}");
        comparison.LeaveOut(name, kernel, reason);
        forecast.End();
    }

    private void Add(string name, string kernel, KernelMatrix<double> values, KernelMatrix<double>? test, double milliseconds, ValueList<string> notes)
    {
        execution.Cancellation.ThrowIfCancellationRequested();
        progress.Step($"[{++_done}/{_total}] predicting and measuring {(kernel == name ? name : $"{kernel} of {name}")}", forecast.Left);
        forecast.Begin();
        comparison.Add(name, kernel, values, test, milliseconds, notes);
        forecast.End();
    }
}
