using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Data;

public class PreprocessingTests
{
    private static readonly Config Config = RandomCases.Of(200, 31337);

    /// <summary>Tables with spread, offsets up to 1e6 and scales from 1e-3 to 1e3.</summary>
    private static readonly Gen<double[,]> Tables =
        from rows in Gen.Choose(2, 12)
        from columns in Gen.Choose(1, 5)
        from seed in Gen.Choose(0, int.MaxValue)
        select Table(rows, columns, seed);

    [Fact]
    public void The_digits_have_the_stated_mean_and_deviation()
    {
        using Dataset digits = DatasetReader.Read(Path.Combine(AppContext.BaseDirectory, "Samples", "digits.npz"));
        FittedPreprocessing fitted = Preprocessing.For(digits.Samples.Shape).Fit(digits.Samples);
        Assert.Equal("global mean 4.884, population std 6.017", fitted.Description);
        using Samples standard = fitted.Apply(digits.Samples);
        Assert.Equal((0 - 4.884164579855314) / 6.016787548672236, standard.Rows[0, 0], 12);
    }

    [Fact]
    public void Global_standardisation_gives_all_entries_mean_zero_and_deviation_one() => Check.One(Config, Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        using Samples samples = Samples.FromRows(table);
        using Samples standard = Preprocessing.Global.Fit(samples).Apply(samples);
        double[] values = standard.Rows.View.ToArray();
        return Math.Abs(values.Average()) < 1e-9 && Math.Abs(values.Select(v => v * v).Average() - 1) < 1e-9;
    }));

    [Fact]
    public void Feature_standardisation_gives_each_feature_mean_zero_and_deviation_one() => Check.One(Config, Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        using Samples samples = Samples.FromRows(table);
        using Samples standard = Preprocessing.PerFeature.Fit(samples).Apply(samples);
        using KernelMatrix<double> columns = standard.Rows.Transpose();
        return Enumerable.Range(0, (int)columns.Rows).All(c =>
        {
            double[] values = columns.View.Row(c).ToArray();
            return Math.Abs(values.Average()) < 1e-9 && Math.Abs(values.Select(v => v * v).Average() - 1) < 1e-9;
        });
    }));

    [Fact]
    public void Constant_features_become_zero_even_where_their_mean_rounds()
    {
        var table = new double[1000, 3];
        for (int i = 0; i < 1000; i++) (table[i, 0], table[i, 1], table[i, 2]) = (0.1, i, -1e9 / 3);
        using Samples samples = Samples.FromRows(table);
        FittedPreprocessing fitted = Preprocessing.PerFeature.Fit(samples);
        Assert.Equal("each feature to mean 0, population std 1; 2 constant features set to 0", fitted.Description);
        using Samples standard = fitted.Apply(samples);
        Assert.Equal((0, 0), (standard.Rows[7, 0], standard.Rows[7, 2]));
        using Samples equal = Samples.FromRows(new double[,] { { 5, 5 }, { 5, 5 } });
        using Samples zero = Preprocessing.Global.Fit(equal).Apply(equal);
        Assert.Equal([0, 0, 0, 0], zero.Rows.View.ToArray());
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(1e-310)]
    public void Features_whose_squares_leave_the_range_are_standardised_alike(double unit)
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1 * unit, 7 * unit }, { 3 * unit, 7 * unit } });
        FittedPreprocessing features = Preprocessing.PerFeature.Fit(samples);
        Assert.Equal("each feature to mean 0, population std 1; 1 constant feature set to 0", features.Description);
        using Samples each = features.Apply(samples);
        Assert.Equal([-1, 0, 1, 0], each.Rows.View.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        using Samples all = Preprocessing.Global.Fit(samples).Apply(samples);
        double deviation = Math.Sqrt(6.75);
        Assert.Equal(
            [-3.5 / deviation, 2.5 / deviation, -1.5 / deviation, 2.5 / deviation], all.Rows.View.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_large_offset_does_not_drown_the_spread()
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1e9 }, { 1e9 + 2 } });
        using Samples standard = Preprocessing.PerFeature.Fit(samples).Apply(samples);
        Assert.Equal([-1, 1], standard.Rows.View.ToArray());
    }

    [Fact]
    public void Unit_scaling_gives_each_sample_mean_square_one()
    {
        using Samples samples = Samples.FromRows(new double[,] { { 3, 4 }, { 0, 0 }, { 1e200, 1e200 }, { 0, -1e-200 } });
        using Samples unit = Preprocessing.Unit.Fit(samples).Apply(samples);
        double root = Math.Sqrt(2);
        Assert.Equal([0.6 * root, 0.8 * root, 0, 0, 1, 1, 0, -root], unit.Rows.View.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Whitening_turns_each_eigenvalue_into_its_share_beside_the_ridge()
    {
        // Variances 4 and 1 along the axes rotated by 3-4-5: the whitened ones are 4/(4 + r) and 1/(1 + r), r = ε·2.5.
        var table = new double[,] { { 0.6 * 2, 0.8 * 2 }, { -0.6 * 2, -0.8 * 2 }, { 0.6 * 2, 0.8 * 2 }, { -0.6 * 2, -0.8 * 2 } };
        for (int i = 0; i < 4; i++)
        {
            int sign = i < 2 ? 1 : -1;
            (table[i, 0], table[i, 1]) = (table[i, 0] - sign * 0.8 + 7, table[i, 1] + sign * 0.6 - 3);
        }

        using Samples samples = Samples.FromRows(table);
        FittedPreprocessing fitted = Preprocessing.Zca(0.4).Fit(samples);
        Assert.Equal("ZCA whitening, regularised by 0.4 × the mean eigenvalue = 1", fitted.Description);
        using Samples white = fitted.Apply(samples);
        double along = 0;
        double across = 0;
        for (int i = 0; i < 4; i++)
        {
            along += Math.Pow(0.6 * white.Rows[i, 0] + 0.8 * white.Rows[i, 1], 2) / 4;
            across += Math.Pow(-0.8 * white.Rows[i, 0] + 0.6 * white.Rows[i, 1], 2) / 4;
        }

        Assert.Equal((4 / 5.0, 1 / 2.0), (Math.Round(along, 12), Math.Round(across, 12)));
    }

    [Fact]
    public void Little_regularisation_whitens_completely_and_symmetrically() => Check.One(Config, Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        if (table.GetLength(0) < table.GetLength(1) + 3) return true; // Too few samples span no full covariance.
        using Samples raw = Samples.FromRows(table);
        using Samples samples = Preprocessing.PerFeature.Fit(raw).Apply(raw);
        using Samples white = Preprocessing.Zca(1e-12).Fit(samples).Apply(samples);
        double[,] z = white.Rows.ToArray();
        (int n, int d) = (z.GetLength(0), z.GetLength(1));
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < d; b++)
            {
                double covariance = Enumerable.Range(0, n).Sum(i => z[i, a] * z[i, b]) / n;
                if (Math.Abs(covariance - (a == b ? 1 : 0)) > 1e-5) return false;
            }
        }

        return true;
    }));

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void Whitening_does_not_depend_on_the_unit(double unit)
    {
        double[,] table = Table(9, 3, 5), scaled = (double[,])table.Clone();
        for (int i = 0; i < 9; i++)
        {
            for (int c = 0; c < 3; c++) scaled[i, c] = table[i, c] * 1e-5 * unit;
        }

        using Samples samples = Samples.FromRows(table), inUnit = Samples.FromRows(scaled);
        using Samples white = Preprocessing.Zca(1e-2).Fit(samples).Apply(samples), whiteInUnit = Preprocessing.Zca(1e-2).Fit(inUnit).Apply(inUnit);
        Assert.Equal(white.Rows.View.ToArray(), whiteInUnit.Rows.View.ToArray(), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Contains(white.Rows.View.ToArray(), value => Math.Abs(value) > 0.5);
    }

    [Fact]
    public void Whitening_equal_samples_gives_zero()
    {
        using Samples samples = Samples.FromRows(new double[,] { { 1, 2 }, { 1, 2 } });
        using Samples white = Preprocessing.Zca(1e-3).Fit(samples).Apply(samples);
        Assert.Equal([0, 0, 0, 0], white.Rows.View.ToArray());
    }

    [Fact]
    public void Test_points_are_transformed_by_what_the_population_taught()
    {
        using Samples population = Samples.FromRows(new double[,] { { 0 }, { 2 } });
        using Samples test = Samples.FromRows(new double[,] { { 11 } });
        foreach (Preprocessing preprocessing in new[] { Preprocessing.Global, Preprocessing.PerFeature })
        {
            using Samples transformed = preprocessing.Fit(population).Apply(test);
            Assert.Equal([10], transformed.Rows.View.ToArray());
        }

        Assert.Equal([11], test.Rows.View.ToArray());
        using Samples none = Preprocessing.None.Fit(population).Apply(test);
        Assert.Equal([11], none.Rows.View.ToArray());
    }

    [Fact]
    public void Samples_of_another_shape_and_empty_populations_are_refused()
    {
        using Samples population = Samples.FromRows(new double[,] { { 0 }, { 2 } });
        using Samples other = Samples.FromRows(new double[,] { { 0, 1 } });
        Assert.Throws<ShapeMismatchException>(() => Preprocessing.Global.Fit(population).Apply(other));
        using var nothing = new Samples(new KernelMatrix<double>(0, 1), SampleShape.Features(1));
        Assert.Throws<InvalidArgumentException>(() => Preprocessing.Global.Fit(nothing));
    }

    [Fact]
    public void The_default_is_global_for_images_and_per_feature_for_tables()
    {
        Assert.Equal(Preprocessing.Global, Preprocessing.For(new SampleShape([8, 8], 1)));
        Assert.Equal(Preprocessing.PerFeature, Preprocessing.For(SampleShape.Features(64)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("global")]
    [InlineData("features")]
    [InlineData("unit")]
    [InlineData("zca:0.001")]
    public void Every_preprocessing_reads_the_name_that_it_prints(string name) => Assert.Equal(name, Preprocessing.Parse($" {name} ").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("zca")]
    [InlineData("zca:0")]
    [InlineData("zca:-1")]
    [InlineData("zca:nan")]
    [InlineData("zca:x")]
    [InlineData("whiten")]
    public void Other_names_are_refused(string name) => Assert.Throws<InvalidArgumentException>(() => Preprocessing.Parse(name));

    private static double[,] Table(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var table = new double[rows, columns];
        for (int c = 0; c < columns; c++)
        {
            double offset = 1e6 * (random.NextDouble() - 0.5);
            double scale = Math.Pow(10, 6 * random.NextDouble() - 3);
            for (int i = 0; i < rows; i++) table[i, c] = offset + scale * (random.NextDouble() - 0.5);
        }

        return table;
    }
}
