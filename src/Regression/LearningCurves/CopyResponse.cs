namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>
/// What the drawn copies of a point that is not drawn itself do to its residual, over k of the m - 1 others: with a = delta/(k v + delta),
/// c = 1 - a, the residual is a (Y - h) + e_i - c e_b, e_b the mean deviation of the drawn ones from the group's mean.
/// </summary>
/// <param name="Kept">E[a].</param>
/// <param name="KeptSquare">E[a^2].</param>
/// <param name="KeptCopied">E[a c].</param>
/// <param name="Copied">E[c].</param>
/// <param name="CopiedSquare">E[c^2].</param>
/// <param name="Noise">E[c^2 (1/k - 1/(m-1))].</param>
internal readonly record struct CopyResponse(double Kept, double KeptSquare, double KeptCopied, double Copied, double CopiedSquare, double Noise)
{
    /// <summary>No copy is drawn.</summary>
    public static CopyResponse Nothing { get; } = new(1, 1, 0, 0, 0, 0);

    /// <summary>At least one is drawn, with probabilities in the ratio of P_k, k = 1 ... m - 1.</summary>
    public static CopyResponse Something(double[] probabilities, double v, double delta)
    {
        int others = probabilities.Length - 1;
        double total = 0, kept = 0, keptSquare = 0, keptCopied = 0, copied = 0, copiedSquare = 0, noise = 0;
        for (int k = 1; k <= others; k++)
        {
            double p = probabilities[k], sum = k * v + delta;
            double a = sum > 0 ? delta / sum : 0, c = sum > 0 ? k * v / sum : 1;
            total += p;
            kept += p * a;
            keptSquare += p * a * a;
            keptCopied += p * a * c;
            copied += p * c;
            copiedSquare += p * c * c;
            noise += p * c * c * (1.0 / k - 1.0 / others);
        }

        return total > 0
            ? new CopyResponse(kept / total, keptSquare / total, keptCopied / total, copied / total, copiedSquare / total, noise / total)
            : Nothing;
    }
}
