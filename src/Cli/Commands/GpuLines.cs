
namespace InfiniteNtk.Cli.Commands;

/// <summary>What <c>info</c> says about GPUs: which can be used, and which library was found where or why not.</summary>
internal static class GpuLines
{
    /// <summary>Names and values, the name empty where a line goes on.</summary>
    public static IEnumerable<(string Name, string Value)> Of(CudaStatus status)
    {
        yield return ("GPU", status.Summary);
        foreach (CudaPart part in status.Parts) yield return ("", $"{(part.IsFound ? "found " : "absent")}  {part.Name}: {part.Description}");
        yield return ("", status.IsUsable
            ? "used where a program asks for it: sampled networks (verify --device cuda); kernels are computed on the processor"
            : "everything runs on the processor");
    }
}
