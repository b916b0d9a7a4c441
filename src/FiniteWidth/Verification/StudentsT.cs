using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace InfiniteNtk.FiniteWidth.Verification;

/// <summary>Student's distribution, as far as tests need it.</summary>
internal static class StudentsT
{
    /// <summary>
    /// The chance that |t| or more comes about where there is no error, by the incomplete beta function: unlike the quantile it has no equation
    /// to solve, whose root lies beyond every bracket at few degrees of freedom and many entries.
    /// </summary>
    public static double TwoSided(double t, double degreesOfFreedom) =>
        SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));

    /// <summary>How many standard errors are exceeded on one side in 1 of 200 cases: 2.58 of a Gaussian, 63.7 at one degree of freedom.</summary>
    public static double Margin(double degreesOfFreedom) => StudentT.InvCDF(0, 1, degreesOfFreedom, 0.995);
}
