using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>A deep network on real handwritten digits, standardised by one global mean and population deviation.</summary>
public sealed class DigitsTests
{
    private const string Text = "Flatten >> Dense(sqrt(2), 0.1) >> Relu >> Dense(sqrt(2), 0.1) >> Relu >> Dense(sqrt(2), 0.1) >> Relu >> Dense";

    [Fact]
    public void The_first_entries_and_the_mean_diagonal_are_known()
    {
        using Samples digits = Digits();
        using KernelPair<double> kernels = NetworkText.Parse(Text).Kernels(digits);
        Assert.Equal(1797, kernels.Ntk.Rows);
        Assert.Equal(0.616052481534, kernels.Nngp[0, 1], 12);
        Assert.Equal(1.210658041671, kernels.Ntk[0, 1], 12);
        double trace = 0;
        for (nint i = 0; i < kernels.Ntk.Rows; i++) trace += kernels.Ntk[i, i];
        Assert.Equal(4.045, trace / kernels.Ntk.Rows, 3);
    }

    private static Samples Digits()
    {
        using KernelMatrix<double> pixels = NpzFile.Open(Path.Combine(AppContext.BaseDirectory, "digits.npz")).Read("x").ToMatrix<double>();
        double count = (double)pixels.Rows * pixels.Columns, sum = 0, squares = 0;
        for (nint i = 0; i < pixels.Rows; i++)
        {
            foreach (double pixel in pixels.View.Row(i)) (sum, squares) = (sum + pixel, squares + pixel * pixel);
        }

        double mean = sum / count, deviation = Math.Sqrt(squares / count - mean * mean);
        var standardised = new KernelMatrix<double>(pixels.Rows, pixels.Columns);
        for (nint i = 0; i < pixels.Rows; i++)
        {
            for (nint j = 0; j < pixels.Columns; j++) standardised[i, j] = (pixels[i, j] - mean) / deviation;
        }

        return new Samples(standardised, new SampleShape([8, 8], 1));
    }
}
