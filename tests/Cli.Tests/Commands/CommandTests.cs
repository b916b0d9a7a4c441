using System.Diagnostics;
using System.Text.Json;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;
using static InfiniteNtk.Cli.Tests.Commands.ToolRun;

namespace InfiniteNtk.Cli.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private const string Net = "Dense(sqrt(2), 0.1) >> Relu >> Dense";
    private readonly string _folder = Directory.CreateTempSubdirectory("intk-").FullName;

    public static TheoryData<string> GoldenNames =>
        [.. Golden.Kernels.Where(golden => golden.Vector("shape").Length == 1).Select(golden => golden.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void The_tool_reaches_the_golden_kernels(string name)
    {
        GoldenCase golden = Golden.Kernels.Single(item => item.Name == name);
        File.WriteAllText(In("net.json"), golden.Root.GetRawText());
        WriteMatrix("a.npy", golden.Matrix("x1"));
        WriteMatrix("b.npy", golden.Matrix("x2"));
        Assert.Equal(0, Run("kernel", "--net", "@" + In("net.json"), "--x1", In("a.npy"), "--x2", In("b.npy"), "--out", In("cross.npz")).Code);
        Assert.Equal(0, Run("kernel", "--net", "@" + In("net.json"), "--x1", In("a.npy"), "--out", In("self.npz")).Code);
        foreach (string kernel in (string[])["nngp", "ntk"])
        {
            double[,] self = golden.Matrix("self", kernel);
            double[] left = [.. Enumerable.Range(0, self.GetLength(0)).Select(i => self[i, i])];
            Close(golden, "cross", kernel, left, golden.Vector("diagonal2", kernel));
            Close(golden, "self", kernel, left, left);
        }
    }

    [Fact]
    public void One_kernel_can_be_written_as_npy_in_single_precision()
    {
        WriteMatrix("a.npy", new[,] { { 1.0, 2.0 }, { 3.0, -1.0 }, { 0.0, 0.0 } });
        Outcome done = Run("kernel", "--net", Net, "--x1", In("a.npy"), "--get", "ntk", "--dtype", "f32", "--out", In("k.npy"));
        Assert.Equal((0, ""), (done.Code, done.Out.Length > 0 ? "" : "nothing on stdout"));
        NpyArray kernel = NpyFile.Open(In("k.npy"));
        Assert.Equal([3L, 3L], kernel.Shape);
        Assert.Equal(NpyElementType.Float32, kernel.ElementType);
    }

    [Fact]
    public void Compare_prints_json_alone_on_stdout_and_writes_a_report_with_every_row()
    {
        WriteTable("points.csv", 60);
        Outcome done = Run("compare", In("points.csv"), "--net", Net, "--n", "10,20,30", "--json", "--report", In("r.html"), "--chart", In("c.svg"));
        Assert.Equal(0, done.Code);
        using var json = JsonDocument.Parse(done.Out);
        JsonElement rows = json.RootElement.GetProperty("rows");
        Assert.Equal(60, json.RootElement.GetProperty("population").GetInt32());
        Assert.Equal(6, rows.GetArrayLength());
        string[] kernels = [.. rows.EnumerateArray().Select(row => row.GetProperty("kernel").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(["constant", "gaussian", "laplace", "linear", "nngp", "ntk"], kernels);
        double[] measured = [.. rows.EnumerateArray().Select(row => row.GetProperty("points")[2].GetProperty("measured").GetDouble())];
        Assert.Equal(measured.Order(), measured);
        string report = File.ReadAllText(In("r.html"));
        Assert.All(rows.EnumerateArray(), row => Assert.Contains(Cli.Charts.Markup.Escape(row.GetProperty("name").GetString()!), report, StringComparison.Ordinal));
        Assert.StartsWith("<svg", File.ReadAllText(In("c.svg")), StringComparison.Ordinal);
        Assert.Contains("predicting and measuring", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_writes_means_and_classes_and_measures_the_error()
    {
        WriteTable("points.csv", 60);
        foreach (string kind in (string[])["ntk", "nngp"])
        {
            Outcome done = Run("predict", In("points.csv"), "--net", Net, "--train", "40", "--kind", kind, "--ridge", "1e-3rel", "--out", In("p.csv"));
            Assert.Equal(0, done.Code);
            Assert.Contains("nMSE", done.Out, StringComparison.Ordinal);
            string[] lines = File.ReadAllLines(In("p.csv"));
            Assert.Equal("row,class,mean,std", lines[0]);
            Assert.Equal(21, lines.Length);
        }
    }

    [Fact]
    public void Predicted_numbers_and_their_uncertainty_are_in_the_unit_of_the_target()
    {
        double[] First(double unit)
        {
            var random = new Random(3);
            IEnumerable<string> rows = Enumerable.Range(0, 40).Select(_ => (A: random.NextDouble(), B: random.NextDouble()))
                .Select(x => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x.A},{x.B},{unit * (x.A + x.B * x.B)}"));
            File.WriteAllLines(In("numbers.csv"), rows.Prepend("a,b,target"));
            Assert.Equal(0, Run("predict", In("numbers.csv"), "--net", Net, "--train", "30", "--ridge", "1e-3rel", "--out", In("n.csv")).Code);
            return [.. File.ReadAllLines(In("n.csv"))[1].Split(',').Skip(1).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        }

        double[] metres = First(1), millimetres = First(1000);
        Assert.Equal(1000, millimetres[0] / metres[0], 1e-6);
        Assert.Equal(1000, millimetres[1] / metres[1], 1e-6);
    }

    [Fact]
    public void Predict_takes_test_points_without_labels()
    {
        WriteTable("points.csv", 30);
        string[][] cells = [.. File.ReadAllLines(In("points.csv")).Select(line => line.Split(','))];
        File.WriteAllLines(In("labelled.csv"), cells.Take(6).Select(row => string.Join(',', row)));
        File.WriteAllLines(In("new.csv"), cells.Take(6).Select(row => $"{row[2]},{row[0]},{row[1]}"));
        WriteMatrix("new.npy", ToMatrix(cells[1..6]));
        NpzFile.Write(OutputFile.Prepare(In("new.npz")), [("x", NpyContent.From(KernelMatrix<double>.From(ToMatrix(cells[1..6]))))]);
        File.WriteAllLines(In("fewer.csv"), cells.Take(6).Select(row => $"{row[0]},{row[1]}"));

        Outcome Predict(string test) => Run("predict", In("points.csv"), "--net", Net, "--test", In(test), "--ridge", "1e-3rel", "--out", In("p.csv"));
        Assert.Contains("nMSE", Predict("labelled.csv").Out, StringComparison.Ordinal);
        string expected = File.ReadAllText(In("p.csv"));
        foreach (string test in (string[])["new.csv", "new.npy", "new.npz"])
        {
            File.Delete(In("p.csv"));
            Outcome done = Predict(test);
            Assert.Equal((0, ""), (done.Code, done.Code == 0 ? "" : done.Error));
            Assert.DoesNotContain("nMSE", done.Out, StringComparison.Ordinal);
            Assert.Equal(expected, File.ReadAllText(In("p.csv")));
        }

        Refused("same columns", "predict", In("points.csv"), "--net", Net, "--test", In("fewer.csv"));
        Refused("target", "compare", In("points.csv"), "--net", Net, "--test", In("new.csv"));
    }

    [Fact]
    public void Compare_goes_on_without_a_network_whose_kernel_fails()
    {
        const string overflowing = "Dense(3) >> Exp(1, 10) >> Dense";
        WriteTable("points.csv", 40);
        string[] words = ["compare", In("points.csv"), "--net", overflowing, "--net", Net, "--n", "10,20", "--report", In("r.html")];
        Outcome done = Run([.. words, "--json"]);
        Assert.Equal(0, done.Code);
        using var json = JsonDocument.Parse(done.Out);
        Assert.Equal(6, json.RootElement.GetProperty("rows").GetArrayLength());
        Assert.Equal(["nngp", "ntk"], json.RootElement.GetProperty("leftOut").EnumerateArray().Select(kernel => kernel.GetProperty("kernel").GetString()));
        Assert.Contains("left out: ntk of Dense", done.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 8).Select(k => $"[{k}/8]"), done.Error.Split('\n').Where(line => line.StartsWith('[')).Select(line => line.Split(' ')[0]));
        Assert.Contains("left out: ", File.ReadAllText(In("r.html")), StringComparison.Ordinal);
        Assert.Contains("left out: ", Run(words).Out, StringComparison.Ordinal);
        Outcome failed = Run("compare", In("points.csv"), "--net", overflowing, "--n", "10,20", "--json");
        Assert.Equal((1, ""), (failed.Code, failed.Out));
        Assert.Contains("Exp(", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_fails_where_no_network_is_left_and_looks_at_constant_inputs()
    {
        File.WriteAllText(In("constant.csv"), "a,b,target\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"3,4,{i * 0.7}\n")));
        Outcome failed = Run("compare", In("constant.csv"), "--net", "Dense >> Relu >> Dense", "--net", "Dense >> Abs >> Dense");
        Assert.Equal((1, ""), (failed.Code, failed.Out));
        Assert.Contains("Cannot compare any of 2 networks", failed.Error, StringComparison.Ordinal);
        Assert.Contains("the inputs are not all constant", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Ridge.Relative", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_says_what_an_error_of_one_is()
    {
        File.WriteAllText(In("rare.csv"), "a,b,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * i % 17},{i % 5},{(i % 8 == 0 ? "rare" : "common")}\n")));
        string[] words = ["compare", In("rare.csv"), "--net", Net, "--n", "10"];
        Assert.Contains("(1 = predicting the same guess, 1/2, for every class)", Run(words).Out, StringComparison.Ordinal);
        Outcome centred = Run([.. words, "--center", "frequencies"]);
        Assert.Contains("(1 = predicting the class frequencies)", centred.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Run([.. words, "--center", "frequencies", "--json"]).Out);
        Assert.Equal("the class frequencies", json.RootElement.GetProperty("zeroPredictor").GetString());
        Assert.Equal(4 * (5 / 40.0) * (35 / 40.0), json.RootElement.GetProperty("targetPower").GetDouble(), 1e-12);
    }

    [Fact]
    public void Predict_refuses_options_that_would_have_no_effect()
    {
        WriteTable("points.csv", 10);
        string[] options = ["--net", "--train", "--test", "--task", "--target", "--labels", "--center"];
        foreach (string option in options) Refused(option, "predict", "--kernel", "k.npy", "--y", "y.npy", option, "1");
        Refused("--kind", "predict", "--kernel", "k.npy", "--y", "y.npy", "--kind", "nngp");
        Refused("--test-kernel", "predict", "--kernel", "k.npy", "--y", "y.npy", "--test-test", "t.npy");
        foreach (string option in (string[])["--y", "--test-kernel", "--test-test"])
        {
            Refused(option, "predict", In("points.csv"), "--net", Net, "--train", "5", option, "a.npy");
        }
    }

    [Fact]
    public void Predict_takes_precomputed_kernels()
    {
        WriteMatrix("k.npy", new[,] { { 2.0, 1.0 }, { 1.0, 2.0 } });
        WriteMatrix("kt.npy", new[,] { { 1.0, 1.0 } });
        WriteMatrix("y.npy", new[,] { { 3.0 }, { 0.0 } });
        Outcome done = Run("predict", "--kernel", In("k.npy"), "--y", In("y.npy"), "--test-kernel", In("kt.npy"), "--ridge", "0abs", "--out", In("p.npz"));
        Assert.Equal(0, done.Code);
        Assert.Equal(1.0, NpzFile.Open(In("p.npz")).Read("mean").ToArray()[0], 12);
    }

    [Fact]
    public void Explain_shows_layers_equations_json_and_the_program()
    {
        Assert.Contains("Relu", Run("explain", "--net", Net).Out, StringComparison.Ordinal);
        Assert.Contains(@"\begin{align*}", Run("explain", "--net", Net, "--latex").Out, StringComparison.Ordinal);
        Assert.Contains("dual", Run("explain", "--net", Net, "--program").Out, StringComparison.Ordinal);
        File.WriteAllText(In("net.json"), Run("explain", "--net", Net, "--json").Out);
        Assert.Equal(Run("explain", "--net", Net).Out, Run("explain", "--net", "@" + In("net.json")).Out);
    }

    [Fact]
    public void Help_of_every_command_has_examples_and_all_options()
    {
        foreach (Cli.Commands.ToolCommand command in IntkTool.Commands)
        {
            string help = Run(command.Name, "--help").Out;
            Assert.All(command.Options, option => Assert.Contains(option.Name, help, StringComparison.Ordinal));
            Assert.All(command.Examples, example => Assert.Contains(example.Line, help, StringComparison.Ordinal));
            Assert.Contains(command.Summary, Run("--help").Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mistakes_give_one_message_on_stderr_and_exit_code_2()
    {
        File.WriteAllBytes(In("a.npy"), NpyBytes.Of([1, 2, 3, double.NaN], 2, 2));
        WriteMatrix("w2.npy", new[,] { { 1.0, 2.0 } });
        WriteMatrix("w3.npy", new[,] { { 1.0, 2.0, 3.0 } });
        File.WriteAllBytes(In("cut.npy"), File.ReadAllBytes(In("w3.npy"))[..^8]);
        File.WriteAllText(In("bad.json"), "{\"layer\": \"dense\", \"wieghtStd\": 1}");
        Refused("row 1, column 1", "kernel", "--net", Net, "--x1", In("a.npy"), "--out", In("k.npz"));
        Refused("features", "kernel", "--net", Net, "--x1", In("w2.npy"), "--x2", In("w3.npy"), "--out", In("k.npz"));
        Refused("truncated", "kernel", "--net", Net, "--x1", In("cut.npy"), "--out", In("k.npz"));
        Refused("wieghtStd", "explain", "--net", "@" + In("bad.json"));
        Refused("missing.json", "explain", "--net", "@" + In("missing.json"));
        Refused("unknown layer 'Rleu' (column 10); it is none of the", "explain", "--net", "Dense >> Rleu >> Dense");
        Refused("Weights of order 1", "explain", "--net", "Dense(1e200) >> Relu >> Dense");
        Refused("Relu", "explain", "--net", "Dense >> Relu >> Relu >> Dense");
        Refused("no folder", "kernel", "--net", Net, "--x1", In("w2.npy"), "--out", In("absent/k.npz"));
        Refused("--get ntk", "kernel", "--net", Net, "--x1", In("w2.npy"), "--out", In("k.npy"));
        Refused("Did you mean compare?", "comprae");
        Refused("rel", "compare", In("points.csv"), "--ridge", "1e-6");
        Refused("nothere.npz", "compare", In("nothere.npz"));
        Refused("at most 2147483647", "compare", In("points.csv"), "--threads", "9999999999");
        Refused("at most 2147483647", "compare", In("points.csv"), "--n", "5,9999999999");
        Refused("at least 1", "compare", In("points.csv"), "--threads", "0");
        Refused("must end with .html", "compare", In("points.csv"), "--report", "r.txt");
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file.EndsWith("k.npz", StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_computation_that_fails_has_exit_code_1()
    {
        WriteMatrix("k.npy", new[,] { { 1.0, 2.0 }, { 2.0, 1.0 } });
        WriteMatrix("y.npy", new[,] { { 1.0 }, { 0.0 } });
        Outcome failed = Run("predict", "--kernel", In("k.npy"), "--y", In("y.npy"));
        Assert.Equal(1, failed.Code);
        Assert.Single(failed.Error.TrimEnd().Split('\n'));
        WriteTable("points.csv", 20);
        failed = Run("predict", In("points.csv"), "--train", "10", "--net", "Dense >> Elementwise(\"x/0\") >> Dense");
        Assert.Equal(1, failed.Code);
        Assert.Contains("divisions by zero", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_has_the_exit_code_of_shells_and_writes_nothing()
    {
        WriteTable("points.csv", 20);
        Outcome stopped = Run(new CancellationToken(canceled: true), "compare", In("points.csv"), "--net", Net, "--report", In("r.html"));
        Assert.Equal((130, "", IntkTool.Stopped), (stopped.Code, stopped.Out, stopped.Error.Trim().Split('\n')[^1]));
        Assert.False(File.Exists(In("r.html")));
    }

    [Fact]
    public void What_does_not_fit_into_memory_is_refused_in_the_words_of_the_command()
    {
        // Terabytes of kernel for a million samples of one number.
        using (var x = new KernelMatrix<float>(1_000_000, 1))
        {
            for (int i = 0; i < 1_000_000; i++) x[i, 0] = i;
            NpzFile.Write(OutputFile.Prepare(In("many.npz")), [("x", NpyContent.From(x)), ("y", NpyContent.From(x))]);
        }

        Outcome refused = Run("predict", In("many.npz"), "--net", "Dense >> Relu >> Dense", "--train", "999990");
        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.Contains("Use fewer points", refused.Error, StringComparison.Ordinal);
        Assert.Matches("[0-9]+ samples would fit", refused.Error);
        Assert.DoesNotContain("ExecutionOptions", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        WriteTable("points.csv", 40);
        double[] Numbers(string threads)
        {
            using var json = JsonDocument.Parse(Run("compare", In("points.csv"), "--net", Net, "--n", "10,20", "--threads", threads, "--json").Out);
            return
            [
                .. json.RootElement.GetProperty("rows").EnumerateArray().SelectMany(row => row.GetProperty("points").EnumerateArray())
                    .SelectMany(point => point.EnumerateObject()).Where(field => field.Value.ValueKind == JsonValueKind.Number).Select(field => field.Value.GetDouble()),
            ];
        }

        try
        {
            // A native library may add in another order on several threads; our own algebra may not. Rounding grows by the condition
            // number, here at most 40 points over a ridge of 1e-6.
            double rounding = LinearAlgebraBackends.Default.Name.StartsWith("managed", StringComparison.Ordinal) ? 0 : 1e-7;
            double[] one = Numbers("1"), three = Numbers("3");
            Assert.NotEmpty(one);
            Assert.All(one.Zip(three), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= rounding * Math.Abs(pair.First), $"{pair.First:R} and {pair.Second:R}"));
        }
        finally
        {
            _ = LinearAlgebraBackends.OnThreads(Environment.ProcessorCount);
        }
    }

    [Fact]
    public void A_real_process_keeps_results_messages_and_exit_codes_apart()
    {
        (int version, string versionOut, string versionError) = Start("--version");
        Assert.Equal((0, IntkTool.Version, ""), (version, versionOut.Trim(), versionError));
        (int wrong, string wrongOut, string wrongError) = Start("explain", "--net", "Dense >> ");
        Assert.Equal((2, ""), (wrong, wrongOut));
        Assert.DoesNotContain("   at ", wrongError, StringComparison.Ordinal);
    }

    private static (int Code, string Out, string Error) Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(IntkTool).Assembly.Location, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static void Refused(string part, params string[] words)
    {
        Outcome refused = Run(words);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains(part, refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("intk: ", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>Judged as tests/Golden/README.md says.</summary>
    private void Close(GoldenCase golden, string part, string kernel, double[] left, double[] right)
    {
        double[,] expected = golden.Matrix(part, kernel), list = golden.Matrix("loose", part);
        HashSet<(int, int)> loose = [.. Enumerable.Range(0, kernel == "ntk" ? list.GetLength(0) : 0).Select(i => ((int)list[i, 0], (int)list[i, 1]))];
        double[] computed = NpzFile.Open(In($"{part}.npz")).Read(kernel).ToArray();
        Assert.Equal(expected.Length, computed.Length);
        for (int i = 0; i < expected.GetLength(0); i++)
        {
            for (int j = 0; j < expected.GetLength(1); j++)
            {
                if (double.IsNaN(expected[i, j])) continue; // undefined in the reference itself
                double norm = Math.Sqrt(left[i] * right[j]), scale = double.IsNaN(norm) ? Math.Abs(expected[i, j]) : norm;
                double error = Math.Abs(expected[i, j] - computed[i * expected.GetLength(1) + j]);
                Assert.True(error <= (loose.Contains((i, j)) ? 1e-7 : 1e-10) * scale, $"{part} {kernel} [{i}, {j}]: {error}");
            }
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static double[,] ToMatrix(string[][] cells)
    {
        double[,] matrix = new double[cells.Length, 3];
        for (int i = 0; i < cells.Length; i++)
        {
            for (int c = 0; c < 3; c++) matrix[i, c] = double.Parse(cells[i][c], System.Globalization.CultureInfo.InvariantCulture);
        }

        return matrix;
    }

    private void WriteMatrix(string name, double[,] values)
    {
        using var matrix = KernelMatrix<double>.From(values);
        NpyFile.Write(In(name), matrix);
    }

    private void WriteTable(string name, int count)
    {
        var random = new Random(5);
        List<string> lines = ["a,b,c,target"];
        for (int i = 0; i < count; i++)
        {
            double a = random.NextDouble(), b = random.NextDouble();
            lines.Add(FormattableString.Invariant($"{a},{b},{random.NextDouble()},{(a > b ? "yes" : "no")}"));
        }

        File.WriteAllLines(In(name), lines);
    }
}
