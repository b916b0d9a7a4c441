using InfiniteNtk.Regression.LearningCurves;

namespace InfiniteNtk;

/// <summary>Labelled points that are never drawn for training.</summary>
/// <param name="Kernel">Their kernel with the population: T x M.</param>
/// <param name="Targets">Their targets, T x O, in the columns of the population's targets.</param>
public sealed record TestSet(KernelMatrix<double> Kernel, Targets Targets)
{
    /// <summary>Refuses what does not belong to a population.</summary>
    /// <exception cref="ShapeMismatchException">The kernel has not a column for each of its points or a row for each target, or the targets differ in kind.</exception>
    /// <exception cref="NonFiniteInputException">An entry of the kernel is NaN or infinite.</exception>
    internal void Verify(nint points, Targets population, string asked)
    {
        nint outputs = population.Values.Columns;
        if (Kernel.Columns != points || Kernel.Rows != Targets.Count || Targets.Values.Columns != outputs)
        {
            throw new ShapeMismatchException(
                asked, $"its kernel has {Kernel.Rows} rows and {Kernel.Columns} columns and its targets {Targets.Count} rows and {Targets.Values.Columns} columns",
                $"{points} columns, as many rows as targets and {outputs} target columns are needed", "Pass the kernel of the test points (rows) with the population (columns)");
        }

        if (Targets.Task != population.Task)
        {
            throw new ShapeMismatchException(
                asked, $"its targets are for {Targets.Task}", $"the population's are for {population.Task}", "Make both targets by the same rule");
        }

        for (nint i = 0; i < Kernel.Rows; i++) SymmetricKernel.RequireFinite(Kernel.View, i);
    }
}
