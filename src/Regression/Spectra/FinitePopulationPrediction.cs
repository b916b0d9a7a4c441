
namespace InfiniteNtk;

/// <summary>What ridge regression on n of M points, drawn without replacement, is expected to do on all of them.</summary>
/// <param name="N">Training points n.</param>
/// <param name="Kappa">The effective ridge kappa; M kappa is the effective ridge of the M x M kernel matrix.</param>
/// <param name="Overfitting">E0, at least 1; 1 at n = M.</param>
/// <param name="AllPoints">Error against the noiseless target, mean over all M points, training points included.</param>
/// <param name="Unseen">The same over the M - n unseen points; at n = M its limit, generalised cross-validation.</param>
/// <param name="Seen">The same over the n training points.</param>
/// <param name="Train">Error on the training points against their noisy labels.</param>
public sealed record FinitePopulationPrediction(
    double N, double Kappa, double Overfitting, double AllPoints, double Unseen, double Seen, double Train);
