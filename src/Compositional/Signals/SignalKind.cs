namespace InfiniteNtk.Compositional.Signals;

/// <summary>What is known about the channels of a signal when widths grow, given the input.</summary>
internal enum SignalKind
{
    /// <summary>The input itself: a fixed number of fixed numbers.</summary>
    RawInput,

    /// <summary>Channels are independent centred Gaussian processes with one covariance: what duals, sums and layer norm need.</summary>
    CentredGaussian,

    /// <summary>Channels are alike (one law, one covariance) but not centred Gaussian: after an activation, dropout or product.</summary>
    AlikeChannels,

    /// <summary>Channels follow several laws: after flattening positions or concatenating channels.</summary>
    MixedChannels,
}

/// <summary>Words for <see cref="SignalKind"/>.</summary>
internal static class SignalKindText
{
    /// <summary>For example "a centred Gaussian signal".</summary>
    public static string Describe(this SignalKind kind) => kind switch
    {
        SignalKind.RawInput => "the raw input",
        SignalKind.CentredGaussian => "a centred Gaussian signal",
        SignalKind.AlikeChannels => "a signal that is not centred Gaussian",
        _ => "a signal with channels of several laws",
    };
}
