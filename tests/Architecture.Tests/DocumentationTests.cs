using System.Text.RegularExpressions;
using Xunit;

namespace InfiniteNtk.Architecture.Tests;

/// <summary>Documents that stay true: links resolve, identifiers exist, the README's example is code that a test runs.</summary>
public partial class DocumentationTests
{
    private static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "README.md", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal));

    [Fact]
    public void Links_between_documents_resolve()
    {
        IEnumerable<string> broken =
            from file in Documents
            from Match match in Link().Matches(File.ReadAllText(file))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
            select $"{Repository.Relative(file)} -> {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Identifiers_of_the_notation_table_exist_in_the_source()
    {
        string source = string.Join('\n', Repository.Sources("src").Select(File.ReadAllText));
        IEnumerable<string> missing =
            from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "notation.md"))
            where line.StartsWith('|')
            let cells = line.Split('|')
            where cells.Length > 3
            from Match match in Code().Matches(cells[2])
            from name in match.Groups["name"].Value.Split('.')
            where !Regex.IsMatch(source, $@"\b{Regex.Escape(name)}\b")
            select $"{match.Groups["name"].Value} ({line.Trim()})";
        Assert.Empty(missing);
    }

    [Fact]
    public void The_example_of_the_README_is_the_code_of_ReadmeExample()
    {
        string readme = Normalize(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        string code = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Architecture.Tests", "ReadmeExample.cs"));
        Match region = Example().Match(code);
        Assert.True(region.Success);
        Assert.Contains(Normalize(region.Groups["code"].Value), readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recipes_are_the_code_that_RecipeTests_runs()
    {
        string code = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Recipes", "RecipeTests.cs"));
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "recipes.md"));
        string[] run = [.. Recipe().Matches(code).Select(match => Normalize(match.Groups["code"].Value))];
        string[] shown = [.. CSharp().Matches(page).Select(match => Normalize(match.Groups["code"].Value)).Skip(1)];
        Assert.Equal(10, run.Length);
        Assert.Equal(run, shown);
    }

    private static string Normalize(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<name>[A-Za-z_][A-Za-z0-9_.]*)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"// example\n(?<code>.*?)// end of example", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"// recipe: [^\n]*\n(?<code>.*?)// end\b", RegexOptions.Singleline)]
    private static partial Regex Recipe();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
