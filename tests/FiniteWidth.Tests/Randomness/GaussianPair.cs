using InfiniteNtk.FiniteWidth.Randomness;
using InfiniteNtk.Kernels.Lanes;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

/// <summary>Two Gaussians from two words, one pair after another.</summary>
internal static class GaussianPair
{
    /// <summary>What <see cref="RandomStream"/> says, by the processor's single numbers.</summary>
    public static (float, float) Definition(uint length, uint angle)
    {
        bool above = length >= 1u << 31;
        float nearer = MathF.FusedMultiplyAdd((int)(above ? ~length : length), 1f / 4294967296, 0.5f / 4294967296);
        int exponent = above ? 0 : MathF.ILogB(nearer) + 1;
        float gap = above ? nearer : 1 - MathF.ScaleB(nearer, -exponent);
        float radius = BoxMuller.Radius(new SingleLane(gap), new SingleLane(exponent)).Value;
        const float Step = 1.57079637f / 4294967296;
        (SingleLane cosine, SingleLane sine) = BoxMuller.Arc(new SingleLane(MathF.FusedMultiplyAdd((int)(angle << 2), Step, 2 * Step)));
        if (angle >= 1u << 31) radius = -radius;
        (float x, float y) = (radius * cosine.Value, radius * sine.Value);
        return (angle & 1u << 30) == 0 ? (x, y) : (y, x);
    }

    /// <summary>The same of exact numbers.</summary>
    public static (double, double) Formula(uint length, uint angle)
    {
        double radius = Math.Sqrt(-2 * Math.Log((length + 0.5) / 4294967296.0));
        double theta = (((int)(angle << 2) >> 2) + 0.5) / (1 << 30) * (Math.PI / 2);
        if (angle >= 1u << 31) radius = -radius;
        (double x, double y) = (radius * Math.Cos(theta), radius * Math.Sin(theta));
        return (angle & 1u << 30) == 0 ? (x, y) : (y, x);
    }
}
