
namespace InfiniteNtk.Tests.Support;

/// <summary>The kinds of network that there are, so that tables and generators of tests miss none.</summary>
public static class NetworkKinds
{
    /// <summary>All kinds: the layers, and the arrangements that only order them.</summary>
    public static IEnumerable<Type> All =>
        typeof(Network).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Network)) && !type.IsAbstract);

    /// <summary>The kinds that a network is made of.</summary>
    public static IEnumerable<Type> Of(Network network) => PartsOf(network).Select(part => part.GetType());

    /// <summary>A network, its branches and bodies, and theirs.</summary>
    public static IEnumerable<Network> PartsOf(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IEnumerable<Network> parts = network.GetType().GetProperties().Select(property => property.GetValue(network)).SelectMany(value => value switch
        {
            Network part => [part],
            IEnumerable<Network> several => several,
            _ => [],
        });
        return [network, .. parts.SelectMany(PartsOf)];
    }
}
