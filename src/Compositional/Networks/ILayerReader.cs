namespace InfiniteNtk.Compositional.Networks;

/// <summary>One method per layer that changes a signal, so that a new layer breaks every reading at compile time.</summary>
internal interface ILayerReader<out TResult>
{
    /// <summary>Reads a dense layer.</summary>
    TResult Read(Dense layer);

    /// <summary>Reads a convolution.</summary>
    TResult Read(Conv layer);

    /// <summary>Reads a locally connected layer.</summary>
    TResult Read(ConvLocal layer);

    /// <summary>Reads a transposed convolution.</summary>
    TResult Read(ConvTranspose layer);

    /// <summary>Reads a mean over windows.</summary>
    TResult Read(AveragePool layer);

    /// <summary>Reads a sum over windows.</summary>
    TResult Read(SumPool layer);

    /// <summary>Reads a mean over all positions.</summary>
    TResult Read(GlobalAveragePool layer);

    /// <summary>Reads a sum over all positions.</summary>
    TResult Read(GlobalSumPool layer);

    /// <summary>Reads an image resizing.</summary>
    TResult Read(ImageResize layer);

    /// <summary>Reads a choice of positions.</summary>
    TResult Read(Index layer);

    /// <summary>Reads an elementwise activation.</summary>
    TResult Read(ActivationLayer layer);

    /// <summary>Reads a layer normalisation.</summary>
    TResult Read(LayerNorm layer);

    /// <summary>Reads a dropout.</summary>
    TResult Read(Dropout layer);

    /// <summary>Reads a flattening of positions.</summary>
    TResult Read(Flatten layer);

    /// <summary>Reads a sum of branches.</summary>
    TResult Read(Sum layer);

    /// <summary>Reads a product of branches.</summary>
    TResult Read(Product layer);

    /// <summary>Reads a concatenation of branches.</summary>
    TResult Read(Concat layer);
}
