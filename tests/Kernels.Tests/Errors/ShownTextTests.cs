using InfiniteNtk.Kernels.Errors;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Errors;

/// <summary>Text from outside is shown in bounded length, and never obeyed.</summary>
public class ShownTextTests
{
    [Fact]
    public void Control_characters_become_escapes_and_other_text_stays()
    {
        Assert.Equal(@"a\u001B[2J\u0007\u009B\u007F\u000Ab\u202E", ShownText.Line("a\u001b[2J\u0007\u009b\u007f\nb\u202e"));
        Assert.Equal("a\nb\r\n\\u000D", ShownText.Lines("a\nb\r\n\r"));
        Assert.Equal(@"\uD800x\uDFFF", ShownText.Line("\ud800x\udfff"));
        const string Plain = "Größe\t漢字 \U0001F600 × → “q”";
        Assert.Equal(Plain, ShownText.Line(Plain));
    }

    [Fact]
    public void Long_text_keeps_its_ends()
    {
        string text = "begin" + new string('x', 60_000_000) + "end";
        string shown = ShownText.Line(text);
        Assert.InRange(shown.Length, 1000, ShownText.LongestPart);
        Assert.StartsWith("begin", shown, StringComparison.Ordinal);
        Assert.EndsWith("end", shown, StringComparison.Ordinal);
        Assert.Contains("characters left out", shown, StringComparison.Ordinal);
        Assert.InRange(ShownText.Line(new string('\u001b', 5000)).Length, 1000, ShownText.LongestPart);

        // No pair is cut in two.
        Assert.DoesNotContain("\\uD", ShownText.Line(string.Concat(Enumerable.Repeat("\U0001F600", 5000))), StringComparison.Ordinal);
        Assert.DoesNotContain("\\uD", ShownText.Line("a" + string.Concat(Enumerable.Repeat("\U0001F600", 5000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_an_exception_is_fit_to_be_shown()
    {
        string hostile = "\u001b]0;x\u0007" + new string('y', 10_000);
        var refusal = new InvalidFileException(hostile, hostile, hostile, hostile);
        Assert.All([refusal.Asked, refusal.Received, refusal.Required, refusal.Remedy], part => Assert.InRange(part.Length, 1, ShownText.LongestPart));
        Assert.DoesNotContain(refusal.Message, char.IsControl);
        Assert.InRange(refusal.Message.Length, 1, 4 * ShownText.LongestPart + 10);
    }
}
