using System.Reflection;
using Xunit;

namespace InfiniteNtk.Architecture.Tests;

/// <summary>One direction of data flow: who may refer to whom.</summary>
public class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["InfiniteNtk.Kernels"] = [],
        ["InfiniteNtk.Compositional"] = ["InfiniteNtk.Kernels"],
        ["InfiniteNtk.Regression"] = ["InfiniteNtk.Kernels", "MathNet.Numerics"],
        ["InfiniteNtk.FiniteWidth"] = ["InfiniteNtk.Kernels", "InfiniteNtk.Compositional", "MathNet.Numerics"],
        ["intk"] = ["InfiniteNtk.Kernels", "InfiniteNtk.Compositional", "InfiniteNtk.Regression", "InfiniteNtk.FiniteWidth", "System.CommandLine"],
    };

    [Fact]
    public void Each_assembly_refers_only_to_what_lies_below_it()
    {
        foreach ((string name, string[] allowed) in Allowed)
        {
            IEnumerable<string> forbidden = Assembly.Load(name).GetReferencedAssemblies()
                .Select(reference => reference.Name!)
                .Where(reference => !IsFramework(reference) && !allowed.Contains(reference));
            Assert.True(!forbidden.Any(), $"{name} must not refer to {string.Join(", ", forbidden)}.");
        }
    }

    [Fact]
    public void Vectors_are_mentioned_only_in_the_lanes()
    {
        IEnumerable<string> offenders = Repository.Sources("src")
            .Where(file => !Repository.Relative(file).StartsWith("src/Kernels/Lanes/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("System.Runtime.Intrinsics", StringComparison.Ordinal))
            .Select(Repository.Relative);
        Assert.Empty(offenders);
    }

    [Fact]
    public void Native_libraries_are_called_only_where_they_have_a_home()
    {
        string[] homes = ["src/Regression/LinearAlgebra/", "src/Kernels/Matrices/", "src/Kernels/Storage/", "src/FiniteWidth/Cuda/Native/", "src/Cli/Terminal/"];
        IEnumerable<string> offenders = Repository.Sources("src")
            .Where(file => !homes.Any(home => Repository.Relative(file).StartsWith(home, StringComparison.Ordinal)))
            .Where(file => File.ReadAllText(file) is { } text
                && (text.Contains("LibraryImport", StringComparison.Ordinal) || text.Contains("DllImport", StringComparison.Ordinal)
                    || text.Contains("NativeLibrary.", StringComparison.Ordinal)))
            .Select(Repository.Relative);
        Assert.Empty(offenders);
    }

    private static bool IsFramework(string name) =>
        name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine"
        || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
