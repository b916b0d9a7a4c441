using System.Numerics;

namespace InfiniteNtk;

/// <summary>A training: what was recorded on the way, and whether it came to its end or diverged.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the numbers of the parameters.</typeparam>
/// <typeparam name="TModel">What was trained.</typeparam>
public sealed record TrainingRun<T, TModel>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TModel : IDifferentiableModel<T>
{
    internal TrainingRun(ValueList<TrainingRecord<T, TModel>> records, int? divergedAt)
    {
        Records = records;
        DivergedAt = divergedAt;
    }

    /// <summary>The records, in order: all that were asked for, or those before the divergence, perhaps none.</summary>
    public ValueList<TrainingRecord<T, TModel>> Records { get; }

    /// <summary>After how many steps an output was no longer finite; null where the training came to its end.</summary>
    public int? DivergedAt { get; }

    /// <summary>The last record that was asked for.</summary>
    /// <exception cref="NumericalFailureException">The training diverged; <see cref="Records"/> has what was before.</exception>
    public TrainingRecord<T, TModel> End => Whole()[^1];

    /// <summary>The trained model.</summary>
    /// <exception cref="NumericalFailureException">The training diverged; <see cref="Records"/> has what was before.</exception>
    public TModel Model => End.Model;

    /// <summary>For example "100 steps: loss 0.52 → 0.0013", or where it diverged.</summary>
    public override string ToString()
    {
        string losses = Records.Count == 0 ? "no records" : FormattableString.Invariant($"{Records[^1].Step} steps: loss {Records[0].Loss:G3} → {Records[^1].Loss:G3}");
        return DivergedAt is { } step ? $"diverged after {step} steps; before that {losses}" : losses;
    }

    /// <summary>All records that were asked for.</summary>
    internal ValueList<TrainingRecord<T, TModel>> Whole() => DivergedAt is not { } step ? Records : throw new NumericalFailureException(
        "Cannot take the end of this training", $"after {step} steps an output is not finite", "all must stay finite",
        "Lower the learning rate below 2(1 + momentum)·N divided by the largest eigenvalue of the tangent kernel; Records has what was before");
}
