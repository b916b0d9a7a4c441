namespace InfiniteNtk.Compositional.Networks;

/// <summary>Passes its signal on: the unit of <c>&gt;&gt;</c> (where it disappears) and the plain skip of a residual sum.</summary>
public sealed record Identity : Network
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(INetworkReader<TResult> reader) => reader.Read(this);
}
