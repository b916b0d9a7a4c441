using InfiniteNtk.FiniteWidth.Cuda.Devices;
using InfiniteNtk.FiniteWidth.Cuda.Programs;

namespace InfiniteNtk.FiniteWidth.Cuda.Grams;

/// <summary>
/// Empirical kernels on a device, batch against batch, as large as its memory allows; each block of a result goes to the host as soon
/// as it is there.
/// </summary>
/// <param name="device">The device, entered.</param>
/// <param name="program">The network.</param>
/// <param name="weights">Its parameters.</param>
/// <param name="outputs">Which kernels.</param>
/// <param name="directions">Output directions of the NTK.</param>
/// <param name="parts">Whether to give each layer's term of the NTK.</param>
internal sealed class DeviceKernels(
    CudaDevice device, DeviceProgram program, DeviceWeights weights, KernelOutputs outputs, OutputDirections directions, bool parts)
{
    private const string Asked = "Cannot compute kernels of this network on the device";
    private readonly bool _wantsNtk = outputs.HasFlag(KernelOutputs.Ntk);
    private readonly double[,] _directions = directions.Rows(program.Sizes[program.Output]);
    private readonly NtkTerm _term = new(device, directions.Rows(program.Sizes[program.Output]).GetLength(0), directions.TraceOnly);
    private readonly DenseStep[] _layers =
        outputs.HasFlag(KernelOutputs.Ntk) ? [.. program.Steps.OfType<DenseStep>().OrderBy(step => step.Layer)] : [];

    /// <summary>The kernels; null where not wanted.</summary>
    /// <param name="left">Row samples.</param>
    /// <param name="right">Column samples; null: the same.</param>
    public (KernelMatrix<double>? Nngp, EmpiricalNtk? Ntk) Compute(Samples left, Samples? right)
    {
        MatrixStructure structure = right is null ? MatrixStructure.Symmetric : MatrixStructure.General;
        bool[] byGrams = [.. _layers.Select(layer => _term.ByGrams(layer, left.Count, (right ?? left).Count))];
        int block = Plan(byGrams).TwoBatches(device.Memory, left.Count, right?.Count, Asked);
        KernelMatrix<double> Result(int copies)
        {
            var matrix = new KernelMatrix<double>(left.Count * copies, (right ?? left).Count * copies, structure);
            for (nint i = 0; i < matrix.Rows; i++) matrix.View.Row(i).Clear();
            return matrix;
        }

        KernelMatrix<double>? nngp = outputs.HasFlag(KernelOutputs.Nngp) ? Result(1) : null;
        KernelMatrix<double>? total = _wantsNtk ? Result(_term.Apart) : null;
        NtkPart[] terms = parts ? [.. _layers.Select(layer => new NtkPart(weights.Layers[layer.Layer].Path, Result(_term.Apart)))] : [];
        for (long i = 0; i < left.Count; i += block)
        {
            using DeviceRun rows = Run(left, i, (int)Math.Min(block, left.Count - i), 0);
            for (long j = right is null ? i : 0; j < (right ?? left).Count; j += block)
            {
                bool diagonal = right is null && i == j;
                using DeviceRun? others = diagonal ? null : Run(right ?? left, j, (int)Math.Min(block, (right ?? left).Count - j), right is null ? 0 : left.Count);
                var place = new Place(i, j, right is null);
                if (nngp is not null) Write(nngp, place, 1, rows, others ?? rows, target => AddNngp(target, rows, others ?? rows));
                if (total is not null) AddNtk(total, terms, byGrams, place, rows, others ?? rows);
            }
        }

        return (nngp, total is null ? null : new EmpiricalNtk(terms, total));
    }

    private BlockPlan Plan(bool[] byGrams)
    {
        double perSample = _wantsNtk ? program.BackwardNumbers(_directions.GetLength(0)) : program.ForwardNumbers;
        double scratchPerSample = 0, scratchPerPair = 0;
        foreach ((DenseStep layer, bool grams) in _layers.Zip(byGrams))
        {
            scratchPerSample = Math.Max(scratchPerSample, _term.NumbersPerSample(layer, grams));
            scratchPerPair = Math.Max(scratchPerPair, _term.NumbersPerPair(layer, grams));
        }

        return new BlockPlan(program, perSample + scratchPerSample, scratchPerPair + (double)_term.Apart * _term.Apart, _directions.Length);
    }

    /// <summary>A batch, run forward, and backward where the NTK is wanted.</summary>
    private DeviceRun Run(Samples samples, long first, int count, long offset)
    {
        var run = new DeviceRun(device, program, weights, count, first + offset);
        try
        {
            run.Forward(Batch.Of(samples.Rows, first, count), keep: _wantsNtk);
            if (!_wantsNtk) return run;
            long wanted = _directions.GetLength(0);
            long width = program.Sizes[program.Output];
            using DeviceBuffer rows = device.Memory.Upload([.. _directions.Cast<double>()]);
            DeviceBuffer gradient = device.Memory.Allocate(wanted * count * width);
            run.Signals.ForEach(gradient.Count, "spread", gradient, rows, wanted, (long)count, width);
            run.Backward(gradient, (int)wanted);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The mean over outputs of f(x)·f(x′).</summary>
    private void AddNngp(DeviceBuffer target, DeviceRun rows, DeviceRun others)
    {
        int width = program.Sizes[program.Output];
        device.Product.Multiply(
            rows.Count, others.Count, width, 1.0 / width, rows.OutputValue.Address, false, others.OutputValue.Address, true, 0, target.Address);
    }

    private void AddNtk(KernelMatrix<double> total, NtkPart[] terms, bool[] byGrams, Place place, DeviceRun rows, DeviceRun others)
    {
        if (!parts)
        {
            Write(total, place, _term.Apart, rows, others, target =>
            {
                for (int k = 0; k < _layers.Length; k++) _term.Add(target, _layers[k], byGrams[k], rows, others);
            });
            return;
        }

        for (int k = 0; k < _layers.Length; k++)
        {
            int layer = k;
            double[] block = Write(
                terms[k].Matrix, place, _term.Apart, rows, others, target => _term.Add(target, _layers[layer], byGrams[layer], rows, others));
            place.Add(block, total, rows.Count * _term.Apart, others.Count * _term.Apart, _term.Apart);
        }
    }

    /// <summary>Computes a block on the device and adds it to a matrix on the host.</summary>
    private double[] Write(
        KernelMatrix<double> matrix, Place place, int copies, DeviceRun rows, DeviceRun others, Action<DeviceBuffer> compute)
    {
        using DeviceBuffer target = device.Memory.Zeros((long)rows.Count * copies * others.Count * copies);
        compute(target);
        double[] block = device.Memory.Download(target);
        place.Add(block, matrix, rows.Count * copies, others.Count * copies, copies);
        return block;
    }

    /// <summary>Where a block belongs, in samples, and whether its mirror image belongs there too.</summary>
    private readonly record struct Place(long Row, long Column, bool Symmetric)
    {
        public void Add(double[] block, KernelMatrix<double> matrix, int rows, int columns, int copies)
        {
            bool diagonal = Symmetric && Row == Column;
            for (int i = 0; i < rows; i++)
            {
                for (int j = diagonal ? i : 0; j < columns; j++)
                {
                    (nint row, nint column) = ((nint)(Row * copies + i), (nint)(Column * copies + j));
                    matrix[row, column] += block[(long)i * columns + j];
                    if (Symmetric && row != column) matrix[column, row] = matrix[row, column];
                }
            }
        }
    }
}
