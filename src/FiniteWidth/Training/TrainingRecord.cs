using System.Numerics;

namespace InfiniteNtk;

/// <summary>One moment of a training.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the numbers of the parameters.</typeparam>
/// <typeparam name="TModel">What is trained.</typeparam>
/// <param name="Step">Steps taken.</param>
/// <param name="Loss">½ mean over all entries of (f − y)² on the training samples.</param>
/// <param name="TrainOutputs">f on the training samples.</param>
/// <param name="TestOutputs">f on the other samples; null where none were given.</param>
/// <param name="Model">The model with its parameters then.</param>
public sealed record TrainingRecord<T, TModel>(int Step, double Loss, KernelMatrix<double> TrainOutputs, KernelMatrix<double>? TestOutputs, TModel Model)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TModel : IDifferentiableModel<T>
{
    /// <summary>For example "step 100: loss 0.0123".</summary>
    public override string ToString() => FormattableString.Invariant($"step {Step}: loss {Loss:G4}");
}
