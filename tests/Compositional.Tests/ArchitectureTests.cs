using System.Reflection;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Architectures;

namespace InfiniteNtk.Compositional.Tests;

public sealed class ArchitectureTests
{
    private static readonly SampleShape _cifar = new([32, 32], 3);

    [Theory]
    [InlineData("conv-myrtle5-8-gap")]
    public void Myrtle_is_that_of_the_golden_values(string name)
    {
        Network golden = NetworkJson.Read(Golden.Kernels.Single(item => item.Name == name).Root.GetRawText());
        Assert.Equal(golden.Program(new SampleShape([8, 8], 3)), Myrtle(5).Program(new SampleShape([8, 8], 3)));
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(7, 6)]
    [InlineData(10, 9)]
    public void Myrtle_has_its_convolutions_and_two_poolings_before_the_last(int depth, int convolutions)
    {
        KernelProgram program = Myrtle(depth).Program(_cifar);
        Assert.Equal(convolutions, program.Steps.OfType<TapSum>().Count());
        Assert.Equal(3, program.Steps.OfType<MixPositions>().Count());
        Assert.All(program.Steps.OfType<TapSum>(), step => Assert.Equal(2, step.WeightVariance, 15));
    }

    [Fact]
    public void A_wide_residual_network_is_built_of_the_blocks_of_the_golden_values()
    {
        Network golden = NetworkJson.Read(Golden.Kernels.Single(item => item.Name == "conv-wrn-8-flatten").Root.GetRawText());
        Network[] blocks = [.. ((Serial)golden).Parts];
        Network[] ours = [.. ((Serial)WideResNet(16, 1, weightStd: 1, biasStd: 0.05)).Parts];
        Assert.Equal(blocks[0], Plain(ours[0]));
        Assert.Equal(blocks[1], Plain(ours[1]));
        Assert.Equal(blocks[2], Plain(((Repeat)ours[2]).Body));
        Assert.Equal(blocks[3], Plain(ours[3]));

        static Network Plain(Network network) => NetworkText.Parse(System.Text.RegularExpressions.Regex.Replace(network.ToString(), @", width: \d+", ""));
    }

    [Theory]
    [InlineData(10, 1 + 3 * 3)]
    [InlineData(28, 1 + 3 * 9)]
    public void A_wide_residual_network_of_depth_6n_plus_4_has_2n_convolutions_and_a_shortcut_a_group(int depth, int convolutions)
    {
        KernelProgram program = WideResNet(depth, 2).Program(_cifar);
        Assert.Equal(convolutions, program.Steps.OfType<TapSum>().Count());
        Assert.Equal([8, 8], program.Steps.OfType<MixPositions>().Single().Axes.Select(axis => axis.Extent));
    }

    [Fact]
    public void The_width_of_a_wide_residual_network_changes_no_kernel() =>
        Assert.Equal(WideResNet(16, 1).Program(_cifar), WideResNet(16, 10).Program(_cifar));

    [Fact]
    public void Frozen_ends_leave_the_tangent_kernel_and_nothing_else()
    {
        Step[] trained = [.. Cntk(4).Program(_cifar).Steps], frozen = [.. Cntk(4, trainEnds: false).Program(_cifar).Steps];
        Assert.Equal(trained.Length, frozen.Length);
        Assert.Equal((TapSum)trained[1] with { NtkScale = 0 }, frozen[1]);
        Assert.Equal((Affine)trained[^1] with { NtkScale = 0 }, frozen[^1]);
        Assert.Equal(trained[2..^1], frozen[2..^1]);
        Assert.IsType<FlattenPositions>(Cntk(4, globalPooling: false).Program(_cifar).Steps[^2]);
    }

    [Fact]
    public void LeNet_takes_images_of_28_and_keeps_the_published_widths()
    {
        Step[] steps = [.. LeNet().Program(new SampleShape([28, 28], 1)).Steps];
        Assert.Equal([28, 10], steps.OfType<TapSum>().Select(step => step.Axes[0].OutputExtent));
        Assert.Equal([6, 16], LeNet().ToString().Split("width: ")[1..3].Select(text => int.Parse(text.Split(')')[0], null)));
        Assert.Throws<ShapeMismatchException>(() => LeNet().Program(new SampleShape([8, 8], 1)));
    }

    [Theory]
    [InlineData("myrtle5", "Myrtle(5)")]
    [InlineData("Myrtle10", "Myrtle(depth: 10)")]
    [InlineData("wide-resnet", "WideResNet(28, 10)")]
    [InlineData("wide-resnet-16", "WideResNet(16)")]
    [InlineData("wide-resnet-28-10", "WideResNet")]
    [InlineData("cntk21", "Cntk(21)")]
    [InlineData("cntk11(trainEnds: false)", "Cntk(11, true, false)")]
    [InlineData("lenet", "LeNet()")]
    [InlineData("Flatten >> Dense >> Relu + (Dense >> Dense)", "Flatten >> Dense() >> (Relu + (Dense() >> Dense()))")]
    public void Short_names_mean_the_words(string shortName, string text) => Assert.Equal(NetworkText.Parse(text), NetworkText.Parse(shortName));

    [Fact]
    public void Words_in_text_are_the_words_of_code()
    {
        Assert.Equal(Myrtle(7, 1.2, 0.1), NetworkText.Parse("Myrtle(7, 1.2, 0.1)"));
        Assert.Equal(WideResNet(16, 2, 1, 0.1), NetworkText.Parse("WideResNet(16, 2, 1, 0.1)"));
        Assert.Equal(Cntk(3, false, false), NetworkText.Parse("Cntk(3, false, false)"));
        Assert.Equal(LeNet(1, 0.1), NetworkText.Parse("LeNet(1, 0.1)"));
        Assert.Equal(Layers.Conv(3, 3) >> Layers.Relu >> Myrtle(5), NetworkText.Parse("Conv(3, 3) >> Relu >> myrtle5"));
    }

    [Fact]
    public void Every_row_has_a_word_with_the_same_parameters() => Assert.All(ArchitectureCatalog.All, row =>
    {
        ParameterInfo[] arguments = typeof(Architectures).GetMethod(row.Name)!.GetParameters();
        Assert.Equal(row.Parameters.Select(parameter => parameter.Name), arguments.Select(argument => argument.Name));
        Assert.Equal(
            row.Parameters.Select(parameter => parameter.Required ? null : parameter.Default),
            arguments.Select(argument => argument.HasDefaultValue ? argument.DefaultValue : null));
    });

    [Fact]
    public void Each_survives_text_and_json() => Assert.All(new[] { Myrtle(10), WideResNet(16), Cntk(6, trainEnds: false), LeNet() }, network =>
    {
        Assert.Equal(network, NetworkText.Parse(network.ToString()));
        Assert.Equal(network, NetworkJson.Read(NetworkJson.Write(network)));
    });

    [Theory]
    [InlineData("myrtle6", "depth is 6", "5, 7 or 10")]
    [InlineData("WideResNet(12)", "depth is 12", "6n + 4")]
    [InlineData("WideResNet(16, 0)", "width is 0", "widening")]
    [InlineData("cntk1", "depth is 1", "at least 2")]
    [InlineData("lenet5", "unknown layer 'lenet5'", "Did you mean LeNet?")]
    [InlineData("myrtle", "myrtle", "depth")]
    [InlineData("wide-resnet-28-10-3", "unknown layer 'wide-resnet-28-10-3'", "architectures are Myrtle")]
    [InlineData("cntk99999999999", "unknown layer", "")]
    public void Mistakes_are_named(string text, string received, string required)
    {
        ParseException error = Assert.Throws<ParseException>(() => NetworkText.Parse(text));
        Assert.Contains(received, error.Message, StringComparison.Ordinal);
        Assert.Contains(required, error.Message, StringComparison.Ordinal);
    }
}
