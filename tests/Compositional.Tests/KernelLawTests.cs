using System.Text.Json;
using System.Text.Json.Nodes;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Execution.Cpu;
using InfiniteNtk.Kernels.Execution.Reference;
using InfiniteNtk.Kernels.Programs;
using InfiniteNtk.Tests.Support;
using Xunit;
using Xunit.Abstractions;
using static InfiniteNtk.Tests.Support.KernelLaws;

namespace InfiniteNtk.Compositional.Tests;

/// <summary>Laws over random networks; the generator and the laws themselves are in tests/Support.</summary>
public sealed class KernelLawTests(ITestOutputHelper output)
{
    private static readonly string?[] _weighted = ["dense", "conv", "convLocal", "convTranspose"];

    [Fact]
    public void Kernels_are_symmetric() => ForAll(101, IsSymmetric);

    [Fact]
    public void Kernels_are_positive_semidefinite() => ForAll(103, IsPositiveSemidefinite);

    [Fact]
    public void The_ntk_exceeds_the_nngp_by_a_covariance() => ForAll(107, NtkExceedsNngp, NetworkFamily.NtkEndingInDense);

    [Fact]
    public void The_diagonal_alone_is_that_of_the_matrix() => ForAll(109, HasItsDiagonal);

    [Fact]
    public void Permuting_samples_permutes_kernels() => ForAll(113, FollowsPermutations);

    [Fact]
    public void Coordinates_do_not_matter() => ForAll(127, IgnoresTheChoiceOfCoordinates);

    [Fact]
    public void Rectifier_networks_without_bias_are_homogeneous() => ForAll(131, IsHomogeneous, NetworkFamily.Homogeneous);

    [Fact]
    public void The_reference_and_the_cpu_agree() => ForAll(137, value => Agree<double>(value, new ReferenceExecutor(), new CpuExecutor(), 1e-11));

    [Fact]
    public void Single_precision_is_within_its_bound_of_double_precision()
    {
        List<double> bounds = [];
        ForAll(139, value => bounds.Add(SingleIsWithinItsBound(value)), cases: 300);
        bounds.Sort();
        output.WriteLine($"largest bound of a network: median {bounds[150]:E1}, 90 % below {bounds[270]:E1}, worst {bounds[^1]:E1}");

        // Otherwise the law would say nothing: only near-duplicates, and jumps more than kinks, may lose more.
        Assert.True(bounds[150] <= 4e-5 && bounds[270] <= 1e-4);
    }

    /// <summary>Different samples, and a sample with its copy: there every kink is at its worst.</summary>
    [Fact]
    public void Single_precision_is_within_its_bound_over_positions()
    {
        (List<double> different, List<double> equal) = ([], []);
        ForAll(233, value =>
        {
            different.Add(SingleIsWithinItsBound(value, most: 1));
            equal.Add(SingleIsWithinItsBound(value with { Right = value.Left }, most: 1));
        }, NetworkFamily.Spatial, cases: 60);
        different.Sort();
        equal.Sort();
        output.WriteLine($"largest bound of a network: median {different[30]:E1}, 90 % below {different[54]:E1}, worst {different[^1]:E1}");
        output.WriteLine($"at a sample with its copy: median {equal[30]:E1}, 90 % below {equal[54]:E1}, worst {equal[^1]:E1}");
        Assert.True(different[30] <= 5e-5 && different[54] <= 3e-4 && equal[30] <= 1e-4);
    }

    [Fact]
    public void Text_and_json_give_the_network_back() => ForAll(149, value =>
    {
        Assert.Equal(value.Network, NetworkText.Parse(value.Network.ToString()));
        Assert.Equal(value.Network, NetworkJson.Read(NetworkJson.Write(value.Network)));
    }, cases: 2000);

    [Fact]
    public void Text_and_json_give_networks_over_positions_back() => ForAll(181, value =>
    {
        Assert.Equal(value.Network, NetworkText.Parse(value.Network.ToString()));
        Assert.Equal(value.Network, NetworkJson.Read(NetworkJson.Write(value.Network)));
    }, NetworkFamily.Spatial, cases: 2000);

    [Fact]
    public void Explanations_and_latex_exist_for_every_legal_network() => ForAll(151, value =>
    {
        Assert.NotEmpty(NetworkExplanation.Of(value.Network, value.Shape).ToString());
        Assert.DoesNotContain("NaN", NetworkLatex.Document(value.Network, value.Shape), StringComparison.Ordinal);
    }, cases: 500);

    [Fact]
    public void Explanations_and_latex_exist_for_networks_over_positions() => ForAll(191, value =>
    {
        Assert.NotEmpty(NetworkExplanation.Of(value.Network, value.Shape).ToString());
        Assert.DoesNotContain("NaN", NetworkLatex.Document(value.Network, value.Shape), StringComparison.Ordinal);
    }, NetworkFamily.Spatial, cases: 300);

    [Fact]
    public void Kernels_over_positions_are_symmetric() => ForAll(197, IsSymmetric, NetworkFamily.Spatial, cases: 100);

    [Fact]
    public void Kernels_over_positions_are_positive_semidefinite() => ForAll(199, IsPositiveSemidefinite, NetworkFamily.Spatial, cases: 100);

    [Fact]
    public void The_diagonal_alone_is_that_of_the_matrix_over_positions() => ForAll(211, HasItsDiagonal, NetworkFamily.Spatial, cases: 100);

    [Fact]
    public void The_reference_and_the_cpu_agree_over_positions() =>
        ForAll(223, value => Agree<double>(value, new ReferenceExecutor(), new CpuExecutor(), 1e-11), NetworkFamily.Spatial, cases: 150);

    [Fact]
    public void Programs_of_networks_over_positions_verify() => ForAll(
        193, value => ProgramVerifier.Verify(value.Network.Program(value.Shape)), NetworkFamily.Spatial, cases: 1000);

    [Fact]
    public void A_repetition_is_a_chain() => ForAll(157, value =>
    {
        Network start = Layers.Flatten >> Layers.Dense(), end = Layers.Dense();
        Network body = value.Network >> Layers.Dense();
        Assert.Equal(
            (start >> body >> body >> body >> end).Program(value.Shape), (start >> Layers.Repeat(3, body) >> end).Program(value.Shape));
        Assert.Equal((start >> end).Program(value.Shape), (start >> Layers.Repeat(0, body) >> end).Program(value.Shape));
    }, NetworkFamily.NtkEndingInDense);

    /// <summary>Θ is a sum over the layers with weights, each term proportional to the layer's learning rate.</summary>
    [Fact]
    public void Layers_trained_one_at_a_time_add_up_to_the_tangent_kernel() => ForAll(229, value =>
    {
        JsonNode document = JsonNode.Parse(NetworkJson.Write(value.Network))!;
        JsonObject[] layers = [.. Objects(document).Where(item => item.ContainsKey("layer") && _weighted.Contains((string?)item["layer"]))];
        if (layers.Length > 12) return;
        double[] rates = [.. layers.Select(layer => (bool?)layer["trainable"] == false ? 0 : (double?)layer["learningRate"] ?? 1)];
        using KernelPair<double> all = value.Network.Kernels(value.LeftSamples, value.RightSamples);
        double[] sum = new double[all.Ntk.Rows * all.Ntk.Columns];
        for (int trained = 0; trained < layers.Length; trained++)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i]["trainable"] = i == trained;
                layers[i]["learningRate"] = 1.0;
            }

            using KernelPair<double> one = NetworkJson.Read(document.ToJsonString()).Kernels(value.LeftSamples, value.RightSamples);
            for (int i = 0; i < sum.Length; i++) sum[i] += rates[trained] * one.Ntk[i / all.Ntk.Columns, i % all.Ntk.Columns];
        }

        double scale = sum.Concat([1e-6]).Max(Math.Abs);
        for (int i = 0; i < sum.Length; i++) Assert.Equal(sum[i], all.Ntk[i / all.Ntk.Columns, i % all.Ntk.Columns], 1e-9 * scale);
    }, NetworkFamily.Spatial, cases: 60);

    [Fact]
    public void A_sum_commutes() => ForAll(163, value =>
    {
        Network other = Layers.Flatten >> Layers.Dense(1.3, 0.2);
        HaveEqualKernels(value, value.Network + other, other + value.Network);
    }, NetworkFamily.NtkEndingInDense);

    [Fact]
    public void Concatenating_equal_branches_changes_nothing() => ForAll(167, value =>
    {
        Network branch = value.Network >> Layers.Dense(width: 5);
        HaveEqualKernels(value, branch, Layers.Concat(branch, branch, branch));
    });

    [Fact]
    public void Parameterization_changes_the_ntk_only() => ForAll(173, value =>
    {
        Network standard = Rescaled(value.Network, Parameterization.Standard), ntk = Rescaled(value.Network, Parameterization.Ntk);
        using var first = standard.Kernels(value.LeftSamples, value.RightSamples);
        using var second = ntk.Kernels(value.LeftSamples, value.RightSamples);
        for (nint i = 0; i < first.Nngp.Rows; i++)
        {
            for (nint j = 0; j < first.Nngp.Columns; j++) Assert.Equal(second.Nngp[i, j], first.Nngp[i, j]);
        }
    });

    [Fact]
    public void Normalising_twice_is_normalising_once() => ForAll(179, value => HaveEqualKernels(
        value, value.Network >> Layers.LayerNorm() >> Layers.Relu, value.Network >> Layers.LayerNorm() >> Layers.LayerNorm() >> Layers.Relu, 1e-10),
        NetworkFamily.NtkEndingInDense);

    /// <summary>The same network with one parameterization and the same width everywhere, by its JSON.</summary>
    private static Network Rescaled(Network network, Parameterization parameterization)
    {
        JsonNode document = JsonNode.Parse(NetworkJson.Write(network))!;
        foreach (JsonObject dense in Objects(document).Where(item => (string?)item["layer"] == "dense").ToArray())
        {
            dense["parameterization"] = parameterization == Parameterization.Ntk ? "ntk" : "standard";
            dense["width"] = 16;
        }

        return NetworkJson.Read(document.ToJsonString(new JsonSerializerOptions { MaxDepth = 1024 }));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.Select(field => field.Value).SelectMany(Objects).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
