namespace InfiniteNtk;

/// <summary>How the axes of an array of samples are to be read.</summary>
public enum ArrayLayout
{
    /// <summary>Rank 3: images with one channel [sample][row][column].</summary>
    Nhw,

    /// <summary>Rank 3: sequences [sample][time][channel].</summary>
    Ntc,

    /// <summary>Rank 4: images with the channel last [sample][row][column][channel].</summary>
    Nhwc,

    /// <summary>Rank 4: images with the channel first [sample][channel][row][column]; moved last on reading.</summary>
    Nchw,
}
