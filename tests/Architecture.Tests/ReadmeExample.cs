using Xunit;
using static InfiniteNtk.Layers;

namespace InfiniteNtk.Architecture.Tests;

/// <summary>The README's example, run.</summary>
public class ReadmeExample
{
    [Fact]
    public void The_example_of_the_README_runs_and_learns_digits()
    {
        string file = Path.Combine(Repository.Root, "samples", "digits.npz");

        // example
        using var digits = DatasetReader.Read(file);
        using var x = Preprocessing.Global.Fit(digits.Samples).Apply(digits.Samples);

        var net = Flatten >> Dense(weightStd: Sqrt2) >> Relu >> Dense(weightStd: Sqrt2) >> Relu >> Dense();
        using var k = net.Kernels(x);                                   // exact NNGP and NTK, n × n
        using var fit = Ridge.Fit(k.Ntk, digits.Targets, Ridge.Relative(1e-6));
        using var residuals = fit.LeaveOneOut();                        // honest error without a test set
        Console.WriteLine($"{net}: {fit.Report}");
        // end of example

        double power = 0, error = 0;
        for (nint i = 0; i < residuals.Rows; i++)
        {
            for (nint j = 0; j < residuals.Columns; j++)
            {
                error += residuals[i, j] * residuals[i, j];
                power += digits.Targets.Values[i, j] * digits.Targets.Values[i, j];
            }
        }

        Assert.InRange(error / power, 0.01, 0.1);
    }
}
