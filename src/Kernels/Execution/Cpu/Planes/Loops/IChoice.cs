namespace InfiniteNtk.Kernels.Execution.Cpu.Planes.Loops;

/// <summary>Yes or no, known when a loop is compiled.</summary>
internal interface IChoice
{
    /// <summary>The answer.</summary>
    static abstract bool Is { get; }
}

/// <summary>Yes.</summary>
internal readonly struct Yes : IChoice
{
    public static bool Is => true;
}

/// <summary>No.</summary>
internal readonly struct No : IChoice
{
    public static bool Is => false;
}
