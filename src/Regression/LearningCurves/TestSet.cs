using InfiniteNtk.Kernels.Matrices;
using InfiniteNtk.Regression.Data;

namespace InfiniteNtk.Regression.LearningCurves;

/// <summary>Labelled points that are never drawn for training.</summary>
/// <param name="Kernel">Their kernel with the population: T x M.</param>
/// <param name="Targets">Their targets, T x O, in the columns of the population's targets.</param>
public sealed record TestSet(KernelMatrix<double> Kernel, Targets Targets);
