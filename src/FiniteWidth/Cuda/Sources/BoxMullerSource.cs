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
            SourceLane radius = BoxMuller.Radius(SourceLane.Variable("gap"), SourceLane.Variable("exponent"));
            (SourceLane cosine, SourceLane sine) = BoxMuller.Arc(SourceLane.Variable("theta"));
            return "__device__ void box_muller(float gap, float exponent, float theta, float* cosine, float* sine)\n{\n"
                + SourceTerm.Statements(("*cosine", (radius * cosine).Term), ("*sine", (radius * sine).Term)) + "}\n\n";
        }
    }
}
