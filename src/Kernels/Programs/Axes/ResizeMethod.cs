namespace InfiniteNtk;

/// <summary>How image resizing makes values between positions.</summary>
public enum ResizeMethod
{
    /// <summary>A triangle over the neighbouring positions.</summary>
    Linear,

    /// <summary>The nearest position.</summary>
    Nearest,
}
