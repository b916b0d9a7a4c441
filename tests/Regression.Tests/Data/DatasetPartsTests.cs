using Xunit;

namespace InfiniteNtk.Regression.Tests.Data;

public class DatasetPartsTests
{
    private static readonly string[] Labels = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? "b" : i % 10 == 1 ? "c" : "a")];

    private static Dataset Classified => Dataset.From(Points(30), Targets.FromLabels(Labels));

    private static Dataset Numbers => Dataset.From(Points(30), Targets.FromNumbers([.. Enumerable.Range(0, 30).Select(i => 100.0 + i)]));

    [Fact]
    public void Labels_become_classes_in_the_order_of_their_names()
    {
        using var targets = Targets.FromLabels(["cat", "ant", "bee", "ant"]);
        Assert.Equal(["ant", "bee", "cat"], targets.ClassNames);
        Assert.Equal([2, 0, 1, 0], targets.Classes);
        Assert.Throws<InvalidArgumentException>(() => Targets.FromLabels(["one", "one"]));
    }

    [Fact]
    public void Samples_and_targets_stay_beside_each_other()
    {
        foreach ((Dataset train, Dataset test) in Classified.Folds(4).Append(Classified.Split(0.6)).Append(Classified.Split(11, seed: 2, stratified: false)))
        {
            foreach (Dataset part in new[] { train, test })
            {
                for (int i = 0; i < part.Count; i++)
                {
                    int point = (int)part.Samples.Rows[i, 0];
                    Assert.Equal(Labels[point], part.Targets.ClassNames[part.Targets.Classes[i]]);
                    for (int c = 0; c < 3; c++) Assert.Equal(Classified.Targets.Values[point, c], part.Targets.Values[i, c]);
                }
            }

            Assert.Equal(30, train.Count + test.Count);
        }
    }

    [Fact]
    public void Classes_are_split_in_proportion_unless_told_otherwise()
    {
        (Dataset train, _) = Classified.Split(0.5, seed: 1);
        Assert.InRange(train.Targets.Classes.Count(c => c == 1), 4, 6); // 10 of 30 are b
        Assert.InRange(train.Targets.Classes.Count(c => c == 2), 0, 2); // 2 of 30 are c
        Assert.Throws<InvalidArgumentException>(() => Numbers.Split(0.5, stratified: true));
        Assert.Throws<InvalidArgumentException>(() => Numbers.Targets.Split(0.5, stratified: true));
    }

    [Fact]
    public void Numbers_are_centred_by_the_training_points_and_keep_their_values()
    {
        (Dataset train, Dataset test) = Numbers.Split(0.5, seed: 7);
        double mean = train.Samples.Rows.View.ToArray().Average() + 100;
        Assert.Equal(mean, train.Targets.Means[0], 1e-12);
        Assert.Equal(train.Targets.Means, test.Targets.Means);
        Assert.Equal(0, train.Targets.Values.View.ToArray().Sum(), 1e-11);
        foreach (Dataset part in new[] { train, test })
        {
            for (int i = 0; i < part.Count; i++) Assert.Equal(100 + part.Samples.Rows[i, 0], part.Targets.Values[i, 0] + mean, 1e-12);
        }
    }

    [Fact]
    public void Numbers_that_were_not_centred_stay_as_they_are()
    {
        using var targets = Targets.FromValues(KernelMatrix<double>.From(new double[,] { { 5 }, { 6 }, { 8 } }));
        (Targets train, Targets test) = targets.Split(2);
        Assert.Equal([5, 6, 8], train.Values.View.ToArray().Concat(test.Values.View.ToArray()).Order());
        Assert.Equal([0], train.Means);
    }

    [Fact]
    public void What_is_taken_keeps_classes_and_means_of_the_whole()
    {
        KernelMatrix<double> whole = Numbers.Targets.Values;
        Dataset taken = Numbers.Take([29, 0]);
        Assert.Equal(Numbers.Targets.Means, taken.Targets.Means);
        Assert.Equal([whole[29, 0], whole[0, 0]], taken.Targets.Values.View.ToArray());
        Assert.Equal([29, 0], taken.Samples.Rows.View.ToArray());
        Assert.Equal(["a", "b", "c"], Classified.Take([0]).Targets.ClassNames);
        Assert.Throws<InvalidArgumentException>(() => Classified.Targets.Take([30]));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_its_numbers()
    {
        Assert.Contains("30 samples and 2 targets", Assert.Throws<ShapeMismatchException>(
            () => Dataset.From(Points(30), Targets.FromNumbers([1, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("30 of 30 points would train", Assert.Throws<InvalidArgumentException>(() => Classified.Split(0.99)).Message, StringComparison.Ordinal);
        Assert.Contains("31 folds of 30 points", Assert.Throws<InvalidArgumentException>(() => Classified.Folds(31)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Their_texts_tell_sizes_kind_and_figures()
    {
        Assert.Equal("30 targets of 3 classes (a: 18, b: 10, c: 2)", Classified.Targets.ToString());
        Assert.Equal("30 targets of 1 number (mean 114.5)", Numbers.Targets.ToString());
        Assert.Equal("memory: 30 samples of 1 features, 30 targets of 1 number (mean 114.5)", Numbers.ToString());
    }

    private static Samples Points(int count) => Samples.FromRows([.. Enumerable.Range(0, count).Select(i => new double[] { i })]);
}
