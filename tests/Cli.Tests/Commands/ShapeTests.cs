using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>The shape of samples that are not read from a file: as given, or one that the network takes.</summary>
public sealed class ShapeTests
{
    private const string Images = "Conv(3, 3) >> Relu >> Flatten >> Dense";

    [Theory]
    [InlineData("explain", Images, "6,5", "6 positions with 5 channels", "write --shape 6,5,1")]
    [InlineData("verify", Images, "6,5", "6 positions with 5 channels", "write --shape 6,5,1")]
    [InlineData("explain", "Conv(3) >> Relu >> Flatten >> Dense", "6", "6 features", "write --shape 6,1")]
    public void Channels_that_were_forgotten_are_suggested(string command, string network, string shape, string received, string remedy)
    {
        Outcome refused = Run(command, "--net", network, "--shape", shape);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains($"--shape {shape} is {received}; if they have one channel, {remedy}", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("explain", "--net", network, "--shape", shape + ",1").Code);
    }

    /// <summary>Where one axis more would not help either, and where the shapes fit and the limit is what is missing.</summary>
    [Theory]
    [InlineData(Images, "6", "2 axes")]
    [InlineData("Conv(9, 9, padding: valid) >> Relu >> Flatten >> Dense", "6,5", "2 axes")]
    [InlineData("Conv(3, 3) >> Relu >> Relu >> Flatten >> Dense", "6,5,1", "Relu")]
    public void Channels_are_not_suggested_where_they_are_not_what_is_missing(string network, string shape, string reason)
    {
        string error = Run("explain", "--net", network, "--shape", shape).Error;
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain("one channel", error, StringComparison.Ordinal);
    }

    /// <summary>Its layers take images: not that features have no positions.</summary>
    [Theory]
    [InlineData("explain")]
    [InlineData("verify")]
    public void A_network_without_limit_is_told_so_on_a_shape_that_it_takes(string command)
    {
        Outcome refused = Run(command, "--net", "Conv(3, 3) >> Relu >> Relu >> Flatten >> Dense");
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains("needs a centred Gaussian signal", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6,x", "whole numbers")]
    [InlineData("6,,1", "whole numbers")]
    [InlineData("0,1", "at least 1")]
    public void Words_that_are_no_shape_are_refused(string shape, string reason)
    {
        Outcome refused = Run("explain", "--net", Images, "--shape", shape);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains($"--shape is \"{shape}\"", refused.Error, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
    }
}
