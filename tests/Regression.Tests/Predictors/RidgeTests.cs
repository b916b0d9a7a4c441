using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Predictors;

public sealed class RidgeTests
{
    [Theory]
    [InlineData(1e-6, true, "1e-6rel")]
    [InlineData(1e-3, false, "1e-3abs")]
    [InlineData(2.5e-7, true, "2.5e-7rel")]
    [InlineData(0, false, "0abs")]
    [InlineData(0.05, true, "0.05rel")]
    [InlineData(1, true, "1rel")]
    [InlineData(3e20, false, "3e20abs")]
    public void A_ridge_prints_its_number_and_unit(double strength, bool relative, string text)
    {
        Ridge ridge = relative ? Ridge.Relative(strength) : Ridge.Absolute(strength);
        Assert.Equal(text, ridge.ToString());
        Assert.Equal(ridge, Ridge.Parse(text));
    }

    [Fact]
    public void Parsing_undoes_printing() => Prop.ForAll(
        (from bits in ArbMap.Default.GeneratorFor<ulong>()
         from relative in ArbMap.Default.GeneratorFor<bool>()
         let value = Math.Abs(BitConverter.UInt64BitsToDouble(bits))
         where double.IsFinite(value)
         select relative ? Ridge.Relative(value) : Ridge.Absolute(value)).ToArbitrary(),
        ridge => Ridge.Parse(ridge.ToString()) == ridge).Check(RandomCases.Of(500, 7));

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Impossible_strengths_are_refused(double strength)
    {
        Assert.Throws<InvalidArgumentException>(() => Ridge.Relative(strength));
        Assert.Throws<InvalidArgumentException>(() => Ridge.Absolute(strength));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1e-6")]
    [InlineData("rel")]
    [InlineData("-1rel")]
    [InlineData("NaNabs")]
    [InlineData("1e999abs")]
    [InlineData("1,5rel")]
    public void Texts_without_number_or_unit_are_refused(string text) =>
        Assert.Contains("1e-6rel", Assert.Throws<ParseException>(() => Ridge.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_relative_ridge_multiplies_the_mean_diagonal()
    {
        Assert.Equal(2e-3, Ridge.Relative(1e-3).For(2));
        Assert.Equal(1e-3, Ridge.Absolute(1e-3).For(2));
    }
}
