using System.Numerics;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Programs;

namespace InfiniteNtk.Kernels.Execution.Reference;

/// <summary>
/// The slow answer for whoever doubts a number: pair by pair, one number at a time, in double precision whatever is asked for,
/// with the whole covariance [s, s'] between positions. Its value is that it can be read.
/// </summary>
/// <remarks>Cost: N·N'·S² evaluations of every step for S positions, on the caller's thread.</remarks>
internal sealed class ReferenceExecutor : IKernelExecutor
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public KernelMemory Memory<T>(KernelSize size, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.Verify(size);
        double state = 16.0 * ProgramShapes.CountsOf(size.Program).Sum(positions => (double)positions * positions);
        return KernelMemory.Of<T>(size, count => state * (count + (size.Right ?? 0)), state, 1, options ?? ExecutionOptions.Default);
    }

    /// <inheritdoc/>
    public KernelPair<T> Run<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.Verify(request);
        options ??= ExecutionOptions.Default;
        bool symmetric = request.Right is null;
        nint columns = (request.Right ?? request.Left).Count;
        Memory<T>(request.Size, options).Require();
        var runner = new TileRunner(options);
        AccuracyGauge leftGauge = new(), rightGauge = symmetric ? leftGauge : new();
        IReadOnlyList<PairState>[] left = SelfStates("left", request.Left, request, leftGauge, options);
        IReadOnlyList<PairState>[] right = symmetric ? left : SelfStates("right", request.Right!, request, rightGauge, options);
        var result = new ReferenceResult<T>(request.Outputs, request.Left.Count, columns, symmetric ? MatrixStructure.Symmetric : MatrixStructure.General);
        for (nint i = 0; i < request.Left.Count; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double[] x = Sample(request.Left, i);
            for (nint j = symmetric ? i : 0; j < columns; j++)
            {
                double[] y = Sample(request.Right ?? request.Left, j);
                var pair = new PairRecursion(request.Program.Input, x, y, symmetric && i == j, left[i], right[j]);
                PairState output = pair.Run(request.Program)[^1];
                result.Write(i, j, output);
                if (symmetric) result.Write(j, i, output);
            }

            long done = symmetric ? (i + 1) * (2 * (long)columns - i) / 2 : (i + 1) * (long)columns;
            options.Progress?.Report(new KernelProgress(done, Entries(request), runner.Elapsed));
        }

        ParallelEntries.Write(request, result.Nngp, result.Ntk, one => Diagonal<T>(one, options));
        return result.Finish(Report<T>(request, Entries(request), runner, leftGauge.Worst, rightGauge.Worst));
    }

    /// <inheritdoc/>
    public KernelPair<T> Diagonal<T>(KernelRequest request, ExecutionOptions? options = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequestCheck.VerifySymmetric(request);
        options ??= ExecutionOptions.Default;
        Memory<T>(request.Size with { DiagonalOnly = true }, options).Require();
        var runner = new TileRunner(options);
        var gauge = new AccuracyGauge();
        IReadOnlyList<PairState>[] states = SelfStates("left", request.Left, request, gauge, options);
        var result = new ReferenceResult<T>(request.Outputs, request.Left.Count, 1, MatrixStructure.General);
        for (nint i = 0; i < request.Left.Count; i++) result.Write(i, 0, states[i][^1]);
        return result.Finish(Report<T>(request, request.Left.Count, runner, gauge.Worst, gauge.Worst));
    }

    /// <summary>All registers of each sample with itself, every number looked at.</summary>
    private static IReadOnlyList<PairState>[] SelfStates(string side, Samples samples, KernelRequest request, AccuracyGauge gauge, ExecutionOptions options)
    {
        KernelProgram program = request.Program;
        bool withTheta = request.Outputs.HasFlag(KernelOutputs.Ntk);
        var check = new SelfCovarianceCheck(side, program, "float64");
        var states = new IReadOnlyList<PairState>[samples.Count];
        for (nint i = 0; i < samples.Count; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            double[] x = Sample(samples, i);
            nint sample = i;
            states[i] = new PairRecursion(program.Input, x, x, sameSample: true, left: null, right: null).Run(program, (step, registers) =>
            {
                PairState state = registers[step.Target];
                for (int s = 0; s < state.Positions; s++)
                {
                    if (step is Dual dual && check.Domain(sample, step.Target, dual.Activation, registers[dual.Source].K[s, s]))
                    {
                        gauge.See(dual.Activation, registers[dual.Source].K[s, s]);
                    }

                    _ = check.Covariance(sample, step.Target, state.K[s, s]) && (!withTheta || check.Covariance(sample, step.Target, state.Theta[s, s], "NTK"));
                }
            });
        }

        check.ThrowIfFailed();
        return states;
    }

    private static double[] Sample(Samples samples, nint index) => samples.Rows.View.Row(index).ToArray();

    private static long Entries(KernelRequest request) => request.Right is { } right
        ? (long)request.Left.Count * right.Count
        : (long)request.Left.Count * (request.Left.Count + 1) / 2;

    private static ExecutionReport Report<T>(KernelRequest request, long entries, TileRunner runner, DualAccuracy left, DualAccuracy right) where T : unmanaged =>
        new("reference", entries, runner.Elapsed, 0, ExecutionReport.PrecisionOf<T>(), left.PairedWith(right))
        {
            IntegratedVariance = left.Or(right).Beyond,
            GrowthWhenAsked = RoundingGrowth.On(request),
        };

    /// <summary>How accurate the activations without closed form are that it saw.</summary>
    private sealed class AccuracyGauge
    {
        public DualAccuracy Worst { get; private set; }

        public void See(Activation activation, double variance) => Worst = Worst.Or(activation.Open(new AtVariance(variance)));
    }

    private sealed class AtVariance(double variance) : IDualUser<DualAccuracy>
    {
        public DualAccuracy Use<TDual>(TDual dual) where TDual : struct, IDual => default;

        public DualAccuracy Use(SeriesDual series) =>
            DualAccuracy.OfSeries(series.Coefficients(variance, new double[series.Count], new double[series.Count]), variance);

        public DualAccuracy Use(QuadratureDual quadrature) => new(QuadratureDual.Accuracy, 0);
    }
}
