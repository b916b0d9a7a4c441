using InfiniteNtk.Regression.LinearAlgebra;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>First and second moments of y_i - f(x_i) for points that are not drawn, by what is drawn of their copies.</summary>
/// <param name="targets">Targets of the distinct points.</param>
/// <param name="groups">The copies.</param>
/// <param name="residuals">g, mean residuals of the distinct points.</param>
/// <param name="propagation">Gamma, their second moments.</param>
internal sealed class UnseenResiduals(GroupTargets targets, CopyGroups groups, KernelMatrix<double> residuals, VariancePropagation propagation)
{
    private readonly int _outputs = targets.Outputs;
    private readonly int _pairs = propagation.PairMoments.Length == 0 ? 0 : targets.Pairs;

    /// <summary>The moments of some points, each with the response of its copies.</summary>
    public ResidualMoments At(int[] points, Func<int, CopyResponse> response, Workers workers)
    {
        var moments = new ResidualMoments(points, new double[points.Length * _outputs], new double[points.Length], new double[points.Length * _pairs]);
        workers.Run(points.Length, row => Fill(moments, (int)row, response(points[row])));
        return moments;
    }

    private void Fill(ResidualMoments moments, int row, CopyResponse r)
    {
        int i = moments.Points[row], g = groups.Of[i], m = groups.Sizes[g];
        ReadOnlySpan<double> mean = residuals.View.Row(g), e = targets.Deviation(i);
        // What is drawn of the others has the mean deviation -e_i/(m-1).
        double back = m > 1 ? 1.0 / (m - 1) : 0;
        Span<double> first = moments.Mean.AsSpan(row * _outputs, _outputs);
        double own = 0, cross = 0;
        for (int k = 0; k < _outputs; k++)
        {
            double deviation = e.IsEmpty ? 0 : e[k];
            first[k] = r.Kept * mean[k] + deviation * (1 + r.Copied * back);
            own += deviation * deviation;
            cross += 2 * deviation * mean[k];
        }

        moments.Second[row] = Second(r, propagation.SecondMoment[g], cross, own, targets.TotalScatter(g), m);
        for (int k = 0, pair = 0; k < _outputs && _pairs > 0; k++)
        {
            for (int l = k; l < _outputs; l++, pair++)
            {
                (double ek, double el) = e.IsEmpty ? (0, 0) : (e[k], e[l]);
                double scatter = targets.Scatter.Length == 0 ? 0 : targets.Scatter[g * _pairs + pair];
                moments.Pairs[row * _pairs + pair] =
                    Second(r, propagation.PairMoments[(long)g * _pairs + pair], mean[k] * el + mean[l] * ek, ek * el, scatter, m);
            }
        }
    }

    /// <summary>Gamma E[a^2] + (g e + e g) E[a (1 + c/(m-1))] + e e E[1 + 2 c/(m-1)] + E[c^2 e_b e_b].</summary>
    private static double Second(CopyResponse r, double gamma, double cross, double own, double scatter, int m)
    {
        double second = r.KeptSquare * gamma;
        if (m == 1) return second;
        double back = 1.0 / (m - 1), meanSquare = own * back * back;
        // Scatter of the others about their own mean.
        double others = m > 2 ? ((m - 1) * scatter - own - (m - 1) * meanSquare) / (m - 2) : 0;
        return second + cross * (r.Kept + r.KeptCopied * back) + own * (1 + 2 * r.Copied * back) + r.CopiedSquare * meanSquare + r.Noise * others;
    }
}
