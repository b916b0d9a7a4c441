using Xunit;

namespace InfiniteNtk.Regression.Tests.Data;

public class TargetsTests
{
    [Fact]
    public void Three_classes_are_one_hot_minus_a_third()
    {
        using Targets targets = Targets.FromClasses([2, 0], ["a", "b", "c"]);
        Assert.Equal([-1 / 3.0, -1 / 3.0, 2 / 3.0, 2 / 3.0, -1 / 3.0, -1 / 3.0], targets.Values.View.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(2 / 3.0, targets.Power, 15);
    }

    [Fact]
    public void Classes_centred_by_their_frequencies_have_columns_without_a_mean_and_say_so()
    {
        using Targets two = Targets.FromClasses([0, 0, 0, 1], ["a", "b"], ClassCentre.Frequencies);
        Assert.Equal([-0.5, -0.5, -0.5, 1.5], two.Values.View.ToArray());
        Assert.Equal([-0.5], two.Means);
        Assert.Equal((0.75, "the class frequencies"), (two.Power, two.ZeroPredictor));
        using Targets three = Targets.FromClasses([0, 0, 1, 2], ["a", "b", "c"], ClassCentre.Frequencies);
        Assert.Equal(1 - 0.25 - 0.0625 - 0.0625, three.Power, 15);
        using Targets uniform = Targets.FromClasses([0, 0, 1, 2], ["a", "b", "c"]);
        Assert.Equal("the same guess, 1/3, for every class", uniform.ZeroPredictor);
    }

    [Fact]
    public void Class_indices_need_names()
    {
        Assert.Throws<InvalidArgumentException>(() => Targets.FromClasses([0, 3], ["a", "b", "c"]));
        Assert.Throws<InvalidArgumentException>(() => Targets.FromClasses([0, -1], ["a", "b", "c"]));
        Assert.Throws<InvalidArgumentException>(() => Targets.FromClasses([0], ["a"]));
    }

    [Fact]
    public void Numbers_are_centred_and_keep_their_unit()
    {
        using Targets targets = Targets.FromNumbers([100, 102, 107]);
        Assert.Equal([103], targets.Means);
        Assert.Equal([-3, -1, 4], targets.Values.View.ToArray());
        Assert.Equal(26 / 3.0, targets.Power, 12);
    }

    [Fact]
    public void The_unit_of_numbers_is_the_root_mean_square_of_a_column_that_of_classes_one()
    {
        using Targets numbers = Targets.FromValues(KernelMatrix<double>.From(new double[,] { { 3, 4 }, { -3, 4 }, { 5, 0 } }));
        Assert.Equal(25, numbers.Power, 1e-13);
        Assert.Equal(Math.Sqrt(12.5), numbers.Unit, 1e-14);
        using Targets classes = Targets.FromClasses([0, 1, 2], ["a", "b", "c"]), zeros = Targets.FromNumbers([1, 1]);
        Assert.Equal((1, 1), (classes.Unit, zeros.Unit));
    }

    [Fact]
    public void No_points_have_no_power()
    {
        using Targets targets = Targets.FromNumbers([]);
        Assert.Equal((0, 0), (targets.Count, targets.Power));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_target_that_is_no_number_is_refused_by_its_place(double missing)
    {
        static KernelMatrix<double> Values(double missing) => KernelMatrix<double>.From(new[,] { { 1, 2, 3 }, { 4, 5, missing }, { 7, missing, 9 } });
        static void Refused(string place, Func<Targets> make) =>
            Assert.Contains(place, Assert.Throws<NonFiniteInputException>(make).Message, StringComparison.Ordinal);
        Refused("row 2, column 0", () => Targets.FromNumbers([1, 2, missing, 4]));
        Refused("row 1, column 2", () => Targets.Centred(Values(missing)));
        Refused("row 1, column 2", () => Targets.Centred(Values(missing), [0, 0, 0]));
        Refused("row 1, column 2", () => Targets.FromValues(Values(missing)));
    }

    [Fact]
    public void There_is_a_mean_for_each_column()
    {
        using var values = new KernelMatrix<double>(2, 2);
        Assert.Throws<ShapeMismatchException>(() => Targets.Centred(values, [1.0]));
    }
}
