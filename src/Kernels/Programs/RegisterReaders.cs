namespace InfiniteNtk.Kernels.Programs;

/// <summary>Which steps read each register, found in one pass.</summary>
internal static class RegisterReaders
{
    /// <summary>How many steps read each register.</summary>
    public static int[] Count(KernelProgram program)
    {
        int[] readers = new int[program.Steps.Count];
        foreach (Step step in program.Steps)
        {
            foreach (int source in step.Sources.Distinct()) readers[source]++;
        }

        return readers;
    }

    /// <summary>The one step that reads each register; null where there are none or several.</summary>
    public static Step?[] Only(KernelProgram program)
    {
        int[] count = Count(program);
        var only = new Step?[count.Length];
        foreach (Step step in program.Steps)
        {
            foreach (int source in step.Sources)
            {
                if (count[source] == 1) only[source] = step;
            }
        }

        return only;
    }
}
