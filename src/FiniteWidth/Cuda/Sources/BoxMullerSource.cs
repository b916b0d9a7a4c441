using InfiniteNtk.FiniteWidth.Randomness;

namespace InfiniteNtk.FiniteWidth.Cuda.Sources;

/// <summary>The source of <see cref="BoxMuller"/>, written by running it on <see cref="SourceLane"/>.</summary>
internal static class BoxMullerSource
{
    /// <summary>A function that puts both Gaussians where it is told.</summary>
    public static string Text
    {
        get
        {
            (SourceLane cosine, SourceLane sine) = BoxMuller.Pair(
                SourceLane.Variable("mantissa"), SourceLane.Variable("exponent"), SourceLane.Variable("v"));
            return "__device__ void box_muller(double mantissa, double exponent, double v, double* cosine, double* sine)\n{\n"
                + SourceTerm.Statements(("*cosine", cosine.Term), ("*sine", sine.Term)) + "}\n\n";
        }
    }
}
