using InfiniteNtk.Compositional.Text;
using Xunit;

namespace InfiniteNtk.Compositional.Tests.Explanation;

public sealed class NetworkExplanationTests
{
    [Fact]
    public void Each_layer_has_a_row_with_signal_kind_and_effect()
    {
        var explanation = NetworkExplanation.Of(
            NetworkText.Parse("Dense(sqrt(2), 0.1, width: 16) >> Dropout(0.8) >> Flatten >> Dense(2, 1, standard) >> Identity + (Relu >> Dense) >> Product(Dense, Dense)"),
            new SampleShape([4, 4], 3));
        string[] lines = [.. explanation.ToString().Split(Environment.NewLine).Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))];
        Assert.Equal(
            [
                "layer|signal|kind|NNGP|NTK",
                "0|input|4×4 positions × 3 channels|raw input|K₀[s,s'] = ⟨x[s], x'[s']⟩/3|Θ₀[s,s'] = 0",
                "1|Dense(weightStd: Sqrt2, biasStd: 0.1, width: 16)|4×4 positions × 16 channels|centred Gaussian|K₁[s,s'] = 2 K₀[s,s'] + 0.01|Θ₁[s,s'] = K₁[s,s']",
                "2|Dropout(0.8)|4×4 positions × 16 channels|not Gaussian|K₂[s,s'] = (1 + 0.25 [x = x', s = s']) K₁[s,s']|Θ₂[s,s'] = (1 + 0.25 [x = x', s = s']) Θ₁[s,s']",
                "3|Flatten|256 features|several laws|K₃ = 1/16 Σ K₂[s,s]|Θ₃ = 1/16 Σ Θ₂[s,s]",
                "4|Dense(weightStd: 2, biasStd: 1, parameterization: Standard)|features|centred Gaussian|K₄ = 4 K₃ + 1|Θ₄ = 4 Θ₃ + 256 K₃ + 1",
                "5|Relu|features|not Gaussian|K₅ = Relu[p₄, q₄, K₄]|Θ₅ = Θ₄ Relu˙[p₄, q₄, K₄]",
                "6|Dense()|features|centred Gaussian|K₆ = K₅|Θ₆ = K₆ + Θ₅",
                "7|Sum|features|centred Gaussian|K₇ = K₄ + K₆|Θ₇ = Θ₄ + Θ₆",
                "8|Dense()|features|centred Gaussian|K₈ = K₇|Θ₈ = K₈ + Θ₇",
                "9|Dense()|features|centred Gaussian|K₉ = K₇|Θ₉ = K₉ + Θ₇",
                "10|Product|features|not Gaussian|K₁₀ = K₈ K₉|Θ₁₀ = Θ₈ K₉ + K₈ Θ₉",
            ],
            lines[..12]);
    }

    [Fact]
    public void What_has_no_closed_form_says_what_it_costs()
    {
        string text = NetworkExplanation.Of(NetworkText.Parse("Dense >> Tanh >> Dense >> Elu >> Dense >> Relu >> Dense >> Tanh"), SampleShape.Features(3)).ToString();
        Assert.Equal(2, text.Split("has no closed form").Length - 1);
        Assert.Contains("Tanh has no closed form: 512 Hermite coefficients", text, StringComparison.Ordinal);
        Assert.Contains("Elu has no closed form: each pair is integrated", text, StringComparison.Ordinal);
    }
}
