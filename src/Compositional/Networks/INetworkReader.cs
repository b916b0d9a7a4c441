namespace InfiniteNtk.Compositional.Networks;

/// <summary>A reading of whole networks: the layers, and the arrangements that only order them.</summary>
internal interface INetworkReader<out TResult> : ILayerReader<TResult>
{
    /// <summary>Reads the network that does nothing.</summary>
    TResult Read(Identity network);

    /// <summary>Reads a chain.</summary>
    TResult Read(Serial network);

    /// <summary>Reads a repetition.</summary>
    TResult Read(Repeat network);
}
