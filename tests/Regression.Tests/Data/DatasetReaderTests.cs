using System.IO.Compression;
using System.Text;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Regression.Tests.Data;

public sealed class DatasetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_digits_are_ten_classes_of_images()
    {
        using Dataset digits = DatasetReader.Read(Sample("digits.npz"));
        Assert.Equal((1797, new SampleShape([8, 8], 1)), (digits.Count, digits.Samples.Shape));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.Targets.ClassNames);
        Assert.Equal("10 classes ('y' has 10 distinct integers)", digits.TargetDescription);
        Assert.Equal(0.9, digits.Targets.Power, 12);
    }

    [Fact]
    public void The_diabetes_table_is_a_regression_with_named_features()
    {
        using Dataset table = DatasetReader.Read(Sample("diabetes.csv"));
        Assert.Equal(["age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu"], table.FeatureNames);
        Assert.Equal((TaskKind.Regression, "target"), (table.Targets.Task, table.TargetName));
        Assert.Equal(152.13348416289594, table.Targets.Means[0], 10);
        Assert.Equal(5929.884896910383, table.Targets.Power, 8);
        Assert.Equal(151 - table.Targets.Means[0], table.Targets.Values[0, 0], 10);
    }

    [Fact]
    public void A_text_of_its_own_in_each_row_names_rows_and_not_classes()
    {
        string named = _folder.Write("named.csv", "a,b,name\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i * i},sample {i}\n")));
        InvalidArgumentException refused = Assert.Throws<InvalidArgumentException>(() => DatasetReader.Read(named).Dispose());
        Assert.Contains("a value of its own for each of the 60 rows", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--target", refused.Remedy, StringComparison.Ordinal);
        using Dataset meant = DatasetReader.Read(named, new DatasetOptions { Task = TaskKind.Classification });
        Assert.Equal(60, meant.Targets.ClassNames.Count);
        using Dataset recurring = DatasetReader.Read(_folder.Write("recurs.csv", "a,name\n1,u\n2,v\n3,w\n4,x\n5,y\n6,u\n"));
        Assert.Equal(5, recurring.Targets.ClassNames.Count);
    }

    [Fact]
    public void The_target_is_the_column_of_that_name_else_the_last_unless_named()
    {
        string named = _folder.Write("a.csv", "target,a,b\n1,2,3\n0,5,6\n");
        string last = _folder.Write("b.csv", "a,b,c\n2,3,1\n5,6,0\n");
        foreach ((string path, string? target, string[] features) in new (string, string?, string[])[]
        {
            (named, null, ["a", "b"]), (named, "a", ["target", "b"]), (last, null, ["a", "b"]),
        })
        {
            using Dataset data = DatasetReader.Read(path, new DatasetOptions { TargetName = target });
            Assert.Equal(features, data.FeatureNames);
        }

        var error = Assert.Throws<InvalidFileException>(() => DatasetReader.Read(named, new DatasetOptions { TargetName = "y" }));
        Assert.Equal("it has target, a, b", error.Required);
    }

    [Fact]
    public void Texts_are_classes_in_ordinal_order_and_two_classes_are_plus_and_minus_one()
    {
        using Dataset data = Table("x,kind\n1,dog\n2,cat\n3,dog\n");
        Assert.Equal(["cat", "dog"], data.Targets.ClassNames);
        Assert.Equal([1, 0, 1], data.Targets.Classes);
        Assert.Equal([1, -1, 1], data.Targets.Values.View.ToArray());
        Assert.Equal("2 classes ('kind' is text)", data.TargetDescription);
    }

    [Fact]
    public void Twenty_distinct_integers_are_classes_and_twenty_one_are_numbers_unless_declared()
    {
        string twenty = "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{10 - i}\n"));
        using Dataset classes = Table(twenty);
        Assert.Equal(TaskKind.Classification, classes.Targets.Task);
        Assert.Equal(["-9", "-8", "-7"], classes.Targets.ClassNames.Take(3));
        using Dataset numbers = Table(twenty + "20,-10\n");
        Assert.Equal(TaskKind.Regression, numbers.Targets.Task);
        using Dataset declaredNumbers = Table(twenty, TaskKind.Regression);
        Assert.Equal(TaskKind.Regression, declaredNumbers.Targets.Task);
        using Dataset declaredClasses = Table(twenty + "20,-10\n", TaskKind.Classification);
        Assert.Equal(21, declaredClasses.Targets.ClassNames.Count);
        using Dataset fractions = Table("x,y\n1,0.5\n2,1\n");
        Assert.Equal(TaskKind.Regression, fractions.Targets.Task);
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,a\n", null, "every point is of class 'a'")]
    [InlineData("x,y\n1,2.5\n2,2.5\n", null, "every point has the same value")]
    [InlineData("x,y\n1,a\n2,b\n", TaskKind.Regression, "it holds text")]
    public void Targets_that_teach_nothing_or_are_of_another_task_are_refused(string text, TaskKind? task, string received) =>
        Assert.Equal(received, Assert.Throws<InvalidArgumentException>(() => Table(text, task)).Received);

    [Theory]
    [InlineData("2.5")]
    [InlineData("0.1")]
    public void A_constant_target_is_refused_even_where_its_mean_rounds(string value)
    {
        string text = "x,y\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{value}\n"));
        Assert.Equal("every point has the same value", Assert.Throws<InvalidArgumentException>(() => Table(text)).Received);
    }

    [Fact]
    public void A_test_target_of_more_columns_is_refused_with_both_counts()
    {
        using Dataset population = Table("x,y\n1,2.5\n2,3.5\n");
        WriteArray("x_wide.npy", new double[,] { { 1 }, { 2 } });
        WriteArray("y_wide.npy", new double[,] { { 0.5, 1 }, { 2, 3 } });
        var error = Assert.Throws<InvalidArgumentException>(() => DatasetReader.ReadTest(_folder["x_wide.npy"], population));
        Assert.Equal(("it has 2 columns of numbers", "the population's target has 1 column of numbers"), (error.Received, error.Required));
    }

    [Theory]
    [InlineData("a,b,y\n1,2,0\n\n3,?,1\n", "line 4, column 'b' is missing")]
    [InlineData("a,b,y\n1,inf,0\n3,4,1\n", "line 2, column 'b' is infinite")]
    [InlineData("a,b,y\n1,2,\n3,4,1\n", "line 2, column 'y' is missing")]
    [InlineData("a,b,y\n1,2,cat\n3,4,NA\n", "line 3, column 'y' is missing")]
    public void Missing_values_are_named_by_line_and_column(string text, string received) =>
        Assert.Equal(received, Assert.Throws<NonFiniteInputException>(() => Table(text)).Received);

    [Fact]
    public void A_feature_that_is_text_is_refused_with_what_to_do()
    {
        var error = Assert.Throws<InvalidFileException>(() => Table("a;b;y\n1;2;0\n1;\"2,5\";1\n"));
        Assert.Equal("line 3, column 'b' is '2,5'", error.Received);
        Assert.Throws<InvalidFileException>(() => Table("y\n1\n2\n"));
        Assert.Throws<InvalidFileException>(() => Table("x,y\n"));
    }

    [Fact]
    public void Arrays_of_other_names_are_refused_with_the_names_there_are()
    {
        string path = Archive("a.npz", ("x_train", new double[,] { { 1 } }), ("y_train", new double[,] { { 1 } }));
        var error = Assert.Throws<InvalidFileException>(() => DatasetReader.Read(path));
        Assert.Equal("it holds x_train, y_train", error.Received);
        Assert.Contains("--test", error.Remedy, StringComparison.Ordinal);
        using Dataset upper = DatasetReader.Read(Archive("b.npz", ("X", new double[,] { { 1 }, { 2 } }), ("y", new double[,] { { 1 }, { 0 } })));
        Assert.Equal(2, upper.Count);
        using Dataset named = DatasetReader.Read(
            Archive("c.npz", ("x", new double[,] { { 1 }, { 2 } }), ("labels", new double[,] { { 1 }, { 0 } })), new DatasetOptions { TargetName = "labels" });
        Assert.Equal("labels", named.TargetName);
    }

    [Fact]
    public void One_hot_rows_are_classes_and_other_columns_are_outputs_each_centred()
    {
        var x = new double[,] { { 1 }, { 2 }, { 3 } };
        string oneHot = Archive("a.npz", ("x", x), ("y", new double[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }));
        using Dataset classes = DatasetReader.Read(oneHot);
        Assert.Equal([2, 0, 1], classes.Targets.Classes);
        using Dataset forced = DatasetReader.Read(oneHot, new DatasetOptions { Task = TaskKind.Regression });
        Assert.Equal(3, forced.Targets.Values.Columns);
        string outputs = Archive("b.npz", ("x", x), ("y", new double[,] { { 1, 10 }, { 2, 10 }, { 6, 40 } }));
        using Dataset numbers = DatasetReader.Read(outputs);
        Assert.Equal([3, 20], numbers.Targets.Means);
        Assert.Equal([-2, -10, -1, -10, 3, 20], numbers.Targets.Values.View.ToArray());
        Assert.Equal((4 + 100 + 1 + 100 + 9 + 400) / 3.0, numbers.Targets.Power, 12);
        Assert.Throws<InvalidArgumentException>(() => DatasetReader.Read(outputs, new DatasetOptions { Task = TaskKind.Classification }));
        using Dataset twoOnes = DatasetReader.Read(Archive("c.npz", ("x", x), ("y", new double[,] { { 1, 1 }, { 1, 0 }, { 0, 1 } })));
        Assert.Equal(TaskKind.Regression, twoOnes.Targets.Task);
    }

    [Fact]
    public void Negative_zero_is_zero()
    {
        using Dataset data = Table("x,y\n1,0\n2,-0.0\n3,1\n");
        Assert.Equal([0, 0, 1], data.Targets.Classes);
    }

    [Fact]
    public void Samples_and_targets_must_be_as_many_and_finite()
    {
        var x = new double[,] { { 1 }, { 2 } };
        Assert.Throws<ShapeMismatchException>(() => DatasetReader.Read(Archive("a.npz", ("x", x), ("y", new double[,] { { 1 } }))));
        var error = Assert.Throws<NonFiniteInputException>(() => DatasetReader.Read(Archive("b.npz", ("x", x), ("y", new double[,] { { 1 }, { double.NaN } }))));
        Assert.Equal("row 1, column 0 is NaN", error.Received);
        error = Assert.Throws<NonFiniteInputException>(
            () => DatasetReader.Read(Archive("c.npz", ("x", new double[,] { { 1, double.PositiveInfinity } }), ("y", new double[,] { { 1 } }))));
        Assert.Contains("array 'x' in", error.Asked, StringComparison.Ordinal);
        Assert.Throws<InvalidFileException>(() => DatasetReader.Read(Archive("d.npz", ("x", new double[0, 3]), ("y", new double[0, 1]))));
        Assert.Throws<ShapeMismatchException>(() => DatasetReader.Read(Archive("e.npz", ("x", x), ("y", new double[2, 0]))));
    }

    [Fact]
    public void Pairs_of_files_are_found_by_their_names()
    {
        WriteArray("x_small.npy", new double[,] { { 1 }, { 2 } });
        WriteArray("y_small.npy", new double[,] { { 1 }, { 0 } });
        _folder.Write("train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]);
        _folder.Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]);
        using Dataset arrays = DatasetReader.Read(_folder["x_small.npy"]);
        Assert.Equal([1, 0], arrays.Targets.Classes);
        using Dataset images = DatasetReader.Read(_folder["train-images-idx3-ubyte"]);
        Assert.Equal(["7", "9"], images.Targets.ClassNames);
        Assert.Equal(new SampleShape([1, 2], 1), images.Samples.Shape);
        using Dataset named = DatasetReader.Read(_folder["x_small.npy"], new DatasetOptions { TargetPath = _folder["train-labels-idx1-ubyte"] });
        Assert.Equal(["7", "9"], named.Targets.ClassNames);
        WriteArray("data.npy", new double[,] { { 1 }, { 2 } });
        Assert.StartsWith(
            "Name the array or file with the targets (", Assert.Throws<InvalidFileException>(() => DatasetReader.Read(_folder["data.npy"])).Remedy,
            StringComparison.Ordinal);
        Assert.Throws<InvalidFileException>(() => DatasetReader.Read(_folder["data.parquet"]));
    }

    [Fact]
    public void Test_points_are_read_in_the_populations_terms()
    {
        using Dataset population = Table("a,b,kind\n1,2,dog\n3,4,cat\n5,6,emu\n");
        using Dataset test = DatasetReader.ReadTest(_folder.Write("t.csv", "kind,b,a\nemu,20,10\n"), population);
        Assert.Equal([10, 20], test.Samples.Rows.View.ToArray());
        Assert.Equal([2], test.Targets.Classes);
        Assert.Equal(population.Targets.ClassNames, test.Targets.ClassNames);
        var unseen = Assert.Throws<InvalidArgumentException>(() => Test("a,b,kind\n1,2,dog\n1,2,fox\n"));
        Assert.Equal(("row 1 is of class 'fox'", "the population has the classes cat, dog, emu"), (unseen.Received, unseen.Required));
        Assert.Equal("it has no column 'b'", Assert.Throws<ShapeMismatchException>(() => Test("a,kind\n1,dog\n")).Received);
        Assert.Equal("it has a column 'c' more", Assert.Throws<ShapeMismatchException>(() => Test("a,b,c,kind\n1,2,3,dog\n")).Received);
        Assert.Throws<InvalidFileException>(() => Test("a,b,c\n1,2,3\n"));

        Dataset Test(string text) => DatasetReader.ReadTest(_folder.Write("u.csv", text), population);
    }

    [Fact]
    public void Test_numbers_are_centred_by_the_populations_mean()
    {
        using Dataset population = Table("a,y\n1,1.5\n2,4.5\n");
        using Dataset test = DatasetReader.ReadTest(_folder.Write("t.csv", "a,y\n3,10\n"), population);
        Assert.Equal(7, test.Targets.Values[0, 0]);
        Assert.Equal([3], test.Targets.Means);
        Assert.Throws<InvalidArgumentException>(() => DatasetReader.ReadTest(_folder.Write("u.csv", "a,y\n3,cat\n"), population));
    }

    [Fact]
    public void Test_images_of_another_shape_are_refused_with_both_shapes()
    {
        using Dataset digits = DatasetReader.Read(Sample("digits.npz"));
        string path = Archive("t.npz", ("x", new double[,] { { 1, 2 } }), ("y", new double[,] { { 1 } }));
        var error = Assert.Throws<ShapeMismatchException>(() => DatasetReader.ReadTest(path, digits));
        Assert.Contains("2 features", error.Received, StringComparison.Ordinal);
        Assert.Contains("8×8 positions", error.Required, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_read_without_targets()
    {
        using Samples table = DatasetReader.ReadSamples(_folder.Write("a.csv", "a,b\n1,2\n3,4\n"));
        Assert.Equal([1, 2, 3, 4], table.Rows.View.ToArray());
        WriteArray("a.npy", new double[,] { { 5, 6 } });
        using Samples array = DatasetReader.ReadSamples(_folder["a.npy"]);
        Assert.Equal([5, 6], array.Rows.View.ToArray());
        using Samples digits = DatasetReader.ReadSamples(Sample("digits.npz"), ArrayLayout.Ntc);
        Assert.Equal(new SampleShape([8], 8), digits.Shape);
    }

    [Fact]
    public void Test_points_may_lack_targets_and_then_follow_the_populations_columns()
    {
        using Dataset population = Table("a,b,target\n1,2,cat\n3,4,dog\n");
        string labelled = _folder.Write("l.csv", "b,target,a\n8,dog,7\n"), bare = _folder.Write("b.csv", "b,a\n8,7\n");
        Assert.True(DatasetReader.HasTargets(labelled, population));
        Assert.False(DatasetReader.HasTargets(bare, population));
        using Samples samples = DatasetReader.ReadTestSamples(bare, population);
        Assert.Equal([7, 8], samples.Rows.View.ToArray());
        Assert.Throws<ShapeMismatchException>(() => DatasetReader.ReadTestSamples(_folder.Write("c.csv", "a,c\n1,2\n"), population));
        Assert.Throws<InvalidFileException>(() => DatasetReader.ReadTestSamples(_folder.Write("e.csv", "a,b\n"), population));
    }

    [Fact]
    public void A_pair_of_test_files_has_targets_where_the_second_is_found_or_named()
    {
        using Dataset population = Table("a,b,target\n1,2,cat\n3,4,dog\n");
        WriteArray("x-test.npy", new double[,] { { 5, 6 } });
        WriteArray("points.npy", new double[,] { { 5, 6 } });
        Assert.False(DatasetReader.HasTargets(_folder["x-test.npy"], population));
        WriteArray("y-test.npy", new double[,] { { 1 } });
        Assert.True(DatasetReader.HasTargets(_folder["x-test.npy"], population));
        Assert.False(DatasetReader.HasTargets(_folder["points.npy"], population));
        Assert.True(DatasetReader.HasTargets(_folder["points.npy"], population, new DatasetOptions { TargetPath = _folder["y-test.npy"] }));
        Assert.True(DatasetReader.HasTargets(Archive("both.npz", ("x", new double[,] { { 1, 2 } }), ("Y", new double[,] { { 1 } })), population));
        string alone = Archive("alone.npz", ("x", new double[,] { { 1, 2 } }));
        Assert.False(DatasetReader.HasTargets(alone, population));
        using Samples samples = DatasetReader.ReadTestSamples(alone, population);
        Assert.Equal([1, 2], samples.Rows.View.ToArray());
        Assert.Throws<ShapeMismatchException>(() => DatasetReader.ReadTestSamples(Archive("wide.npz", ("x", new double[,] { { 1, 2, 3 } })), population));
    }

    private static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "Samples", name);

    private Dataset Table(string text, TaskKind? task = null) => DatasetReader.Read(_folder.Write("p.csv", text), new DatasetOptions { Task = task });

    private void WriteArray(string name, double[,] values)
    {
        using var matrix = KernelMatrix<double>.From(values);
        NpyFile.Write(_folder[name], matrix);
    }

    /// <summary>Written by hand: the library writes no number that is not finite.</summary>
    private string Archive(string name, params (string Name, double[,] Values)[] arrays)
    {
        using var archive = new ZipArchive(File.Create(_folder[name]), ZipArchiveMode.Create);
        foreach ((string array, double[,] values) in arrays)
        {
            string text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({values.GetLength(0)}, {values.GetLength(1)}), }}";
            byte[] header = Encoding.ASCII.GetBytes(text.PadRight(117) + "\n");
            using Stream member = archive.CreateEntry(array + ".npy").Open();
            member.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header]);
            foreach (double value in values) member.Write(BitConverter.GetBytes(value));
        }

        return _folder[name];
    }
}
