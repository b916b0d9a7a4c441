using System.Text.RegularExpressions;
using Xunit;

namespace InfiniteNtk.Architecture.Tests;

/// <summary>Files that a newcomer can find and read in one sitting.</summary>
public partial class FileTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_holds_two_ideas()
    {
        IEnumerable<string> tooLong = Repository.Sources("src", "tests", "benchmarks")
            .Select(file => (Name: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Name}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Folders_and_files_are_named_after_what_they_hold()
    {
        string[] empty = ["Utils", "Util", "Helpers", "Helper", "Manager", "Managers", "Common", "Misc"];
        IEnumerable<string> offenders = Repository.Sources("src", "tests", "benchmarks")
            .Select(Repository.Relative)
            .Where(file => Path.ChangeExtension(file, null).Split('/').Any(part => empty.Any(word => part.EndsWith(word, StringComparison.Ordinal))));
        Assert.Empty(offenders);
    }

    [Fact]
    public void A_public_type_lives_in_the_file_of_its_name()
    {
        IEnumerable<string> offenders =
            from file in Repository.Sources("src")
            let names = PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ToList()
            where names.Count > 0
            let stem = Path.GetFileNameWithoutExtension(file).Split('.')[0]
            where !names.Contains(stem)
            where Repository.Relative(file) != "src/Cli/Program.cs"
            select $"{Repository.Relative(file)} holds {string.Join(", ", names)}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void What_users_need_is_in_one_namespace_and_what_they_do_not_is_internal()
    {
        IEnumerable<string> offenders =
            from file in Repository.Sources("src")
            where !Repository.Relative(file).StartsWith("src/Cli/", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            let isPublic = PublicType().IsMatch(text)
            where Namespace().Match(text) is { Success: true } match && (match.Groups["name"].Value == "InfiniteNtk") != isPublic
            select $"{Repository.Relative(file)} is {(isPublic ? "public outside" : "internal in")} namespace InfiniteNtk";
        Assert.Empty(offenders);
    }

    [Fact]
    public void A_namespace_is_its_folder_or_that_of_users()
    {
        IEnumerable<string> offenders =
            from file in Repository.Sources("src")
            let relative = Repository.Relative(file)
            let expected = "InfiniteNtk." + Path.GetDirectoryName(relative)!["src/".Length..].Replace('/', '.').Replace('\\', '.')
            let match = Namespace().Match(File.ReadAllText(file))
            where match.Success && match.Groups["name"].Value != expected && match.Groups["name"].Value != "InfiniteNtk"
            select $"{relative} has namespace {match.Groups["name"].Value}";
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"^public (?:static |sealed |abstract |readonly |unsafe |partial |ref |file )*(?:record struct|record|class|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
