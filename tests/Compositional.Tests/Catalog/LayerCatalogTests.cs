using System.Reflection;
using InfiniteNtk.Compositional.Catalog;
using InfiniteNtk.Compositional.Json;
using InfiniteNtk.Compositional.Latex;
using InfiniteNtk.Compositional.Networks;
using InfiniteNtk.Compositional.Text;
using InfiniteNtk.Kernels.Duals;
using InfiniteNtk.Kernels.Signatures;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Catalog;

public sealed class LayerCatalogTests
{
    public static TheoryData<string> Names => [.. LayerCatalog.All.Select(row => row.Name)];

    [Fact]
    public void Every_kind_of_network_has_a_row()
    {
        Type[] kinds = [.. typeof(Network).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Network)) && !type.IsAbstract && type != typeof(ActivationLayer))];
        Type[] rows = [.. LayerCatalog.All.Select(row => row.Type).Where(type => type != typeof(Network))];
        Assert.Equal(kinds.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))), rows.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_network_is_sealed_and_has_no_setter()
    {
        foreach (Type type in typeof(Network).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Network))))
        {
            Assert.True(type.IsAbstract || type.IsSealed, type.Name);
            Assert.All(type.GetProperties(), property => Assert.True(
                property.SetMethod is null || property.SetMethod.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)),
                $"{type.Name}.{property.Name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_has_a_word_with_the_same_parameters(string name)
    {
        if (name is nameof(Serial) or nameof(Sum)) return; // >> and +
        Signature<Network> row = LayerCatalog.Find(name)!;
        MemberInfo[] words = typeof(Layers).GetMember(name, BindingFlags.Public | BindingFlags.Static);
        Assert.NotEmpty(words);
        if (row.Parameters.Count == 0)
        {
            Assert.IsType<PropertyInfo>(Assert.Single(words), exactMatch: false);
            return;
        }

        string[] names = [.. row.Parameters.Select(parameter => parameter.Name)];
        MethodInfo? word = words.OfType<MethodInfo>().SingleOrDefault(method => method.GetParameters().Select(parameter => parameter.Name!).SequenceEqual(names));
        Assert.True(word is not null, $"No word {name}({string.Join(", ", names)})");
        foreach ((Parameter parameter, ParameterInfo argument) in row.Parameters.Zip(word.GetParameters()))
        {
            if (!argument.HasDefaultValue) continue;
            object? value = argument.DefaultValue;
            Assert.Equal(parameter.Default, value is Enum choice ? choice.ToString().ToLowerInvariant() : value is int number && parameter.Kind == ParameterKind.Number ? (double)number : value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_is_written_and_read_back_with_unusual_values(string name)
    {
        Signature<Network> row = LayerCatalog.Find(name)!;
        Network network = row.Create([.. row.Parameters.Select(Unusual)]);
        Assert.Same(row, LayerCatalog.Of(network));
        Assert.Equal(network, NetworkText.Parse(network.ToString()));
        Assert.Equal(network, NetworkJson.Read(NetworkJson.Write(network)));
    }

    [Fact]
    public void Every_activation_has_its_formula_and_no_formula_lacks_its_activation() => Assert.All(
        ActivationCatalog.All.Where(row => row.Name != "Elementwise"), row => Assert.NotNull(DualFormulas.Find(row.Name)));

    private static object? Unusual(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Number => parameter.Name == "b" ? -0.3 : 0.7000000000000001,
        ParameterKind.Integer => 3,
        ParameterKind.Choice => parameter.Choices![^1],
        ParameterKind.Integers => parameter.Name == "axes" ? new[] { 1, -1 } : [2, 3],
        ParameterKind.OptionalIntegers => new int?[] { 7, null },
        ParameterKind.Texts => new[] { "-1", "1:", "::-2", ":", "3:-1:4" },
        ParameterKind.Flag => parameter.Default is false,
        ParameterKind.Numbers => new[] { 0.1, -1e-7, 3 },
        ParameterKind.Text => "x*sigmoid(1.702*x)",
        ParameterKind.Part => new Dense(2),
        ParameterKind.Parts => new Network[] { new Dense(2), new Flatten() },
        _ => true,
    };
}
