using System.Text.Json;
using System.Xml.Linq;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Kernels.Storage;
using Xunit;

namespace InfiniteNtk.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private const string Net = "Dense(1.2, 0.3) >> Erf >> Dense";
    private readonly string _folder = Directory.CreateTempSubdirectory("intk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_true_kernel_is_consistent_and_the_json_says_what_that_rests_on()
    {
        JsonElement root = Verified("--net", Net, "--widths", "16,32,64,128");
        Assert.Equal("consistent", root.GetProperty("verdict").GetString());
        foreach (string kernel in (string[])["nngp", "ntk"])
        {
            JsonElement one = root.GetProperty(kernel);
            Assert.Equal("consistent", one.GetProperty("verdict").GetString());
            Assert.InRange(one.GetProperty("bound").GetDouble(), one.GetProperty("largestStandardError").GetDouble(), one.GetProperty("tolerance").GetDouble());
            Assert.Equal(0.02, one.GetProperty("tolerance").GetDouble());
            Assert.True(one.GetProperty("relative").GetProperty("bound").GetDouble() > one.GetProperty("relative").GetProperty("standardError").GetDouble());
            Assert.True(Math.Abs(one.GetProperty("a").GetDouble()) < 5 * one.GetProperty("standardError").GetDouble());
            Assert.Equal([16, 32, 64, 128], one.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32()));
            Assert.InRange(one.GetProperty("samplesNeeded").GetInt32(), 1, one.GetProperty("samples").GetInt32());
            Assert.Equal(4, one.GetProperty("errors").GetArrayLength());
            Assert.InRange(one.GetProperty("singleDrawSlope").GetDouble(), -0.6, -0.4);
        }
    }

    [Fact]
    public void Few_networks_decide_nothing_and_the_number_needed_is_told()
    {
        JsonElement root = Verified("--net", Net, "--widths", "8,16,32,64", "--seeds", "20");
        Assert.Equal("no error found", root.GetProperty("nngp").GetProperty("verdict").GetString());
        int needed = root.GetProperty("nngp").GetProperty("samplesNeeded").GetInt32();
        Assert.InRange(needed, 100, 100_000);
        Assert.Equal(20, root.GetProperty("nngp").GetProperty("samples").GetInt32());
        Assert.Contains($"--seeds {needed}", Run("verify", "--net", Net, "--widths", "8,16,32,64", "--seeds", "20").Out.ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Student's quantile at a degree of freedom or two was out of reach: "a mistake in the tool".</summary>
    [Fact]
    public void Two_networks_narrow_networks_and_many_points_are_judged()
    {
        var many = new double[24, 4];
        for (int i = 0; i < many.Length; i++) many[i / 4, i % 4] = Math.Sin(1 + 3.7 * i);
        WriteMatrix("x24.npy", many);
        foreach (string[] words in (string[][])[["--seeds", "2", "--widths", "4,8,16,32"], ["--seeds", "8", "--widths", "1,2,3,4"], ["--seeds", "2", "--x1", In("x24.npy")]])
        {
            JsonElement root = Verified(["--net", "Dense(sqrt(2), 0.1) >> Relu >> Dense", .. words]);
            Assert.Equal("no error found", root.GetProperty("verdict").GetString());
            Assert.True(root.GetProperty("nngp").GetProperty("bound").GetDouble() > 0.02);
        }
    }

    [Fact]
    public void A_tolerance_is_a_share_and_decides_what_is_consistent()
    {
        string[] words = ["--net", Net, "--widths", "16,32,64,128", "--seeds", "300"];
        Assert.Equal("consistent", Verified([.. words, "--tolerance", "10%"]).GetProperty("verdict").GetString());
        JsonElement strict = Verified([.. words, "--tolerance", "0.001"]);
        Assert.Equal("no error found", strict.GetProperty("verdict").GetString());
        Assert.Equal(1200, strict.GetProperty("networksDrawn").GetInt32());
        string text = Run(["verify", .. words, "--tolerance", "0.1%"]).Out.ReplaceLineEndings(" ");
        Assert.Matches("NNGP: no error above [0-9.]+ % found", text);
        Assert.Matches("NNGP, small entries. Least known relative to itself: entry", text);
        Assert.Contains("1,200 networks in ", text, StringComparison.Ordinal);
        foreach (string wrong in (string[])["0", "1", "-1%", "two", "NaN", "200%"]) Refused("between 0 and 1", ["verify", .. words, $"--tolerance={wrong}"]);
    }

    [Fact]
    public void A_kernel_that_is_hugely_wrong_ends_with_the_first_look()
    {
        WriteMatrix("x.npy", new[,] { { 1.0, 0.5, -1.0 }, { 0.3, 2.0, 0.1 } });
        WriteMatrix("two.npy", new[,] { { 20.0, 2 }, { 2, 20.0 } });
        JsonElement root = Verified("--net", Net, "--x1", In("x.npy"), "--against", In("two.npy"), "--get", "ntk");
        Assert.Equal("refuted", root.GetProperty("verdict").GetString());
        Assert.Equal(200, root.GetProperty("networksDrawn").GetInt32());
    }

    [Fact]
    public void A_kernel_from_elsewhere_is_refuted_where_it_is_wrong_and_only_there()
    {
        WriteMatrix("x.npy", new[,] { { 1.0, 0.5, -1.0 }, { 0.3, 2.0, 0.1 } });
        Assert.Equal(0, Run("kernel", "--net", Net, "--x1", In("x.npy"), "--out", In("k.npz")).Code);
        JsonElement right = Verified("--net", Net, "--x1", In("x.npy"), "--against", In("k.npz"), "--widths", "16,32,64,128", "--seeds", "300");
        Assert.NotEqual("refuted", right.GetProperty("verdict").GetString());
        double[] nngp = NpzFile.Open(In("k.npz")).Read("nngp").ToArray(), ntk = NpzFile.Open(In("k.npz")).Read("ntk").ToArray();
        NpzFile.Write(OutputFile.Prepare(In("wrong.npz"), 64), [("nngp", Square(nngp, 1)), ("ntk", Square(ntk, 1.3))]);
        JsonElement wrong = Verified("--net", Net, "--x1", In("x.npy"), "--against", In("wrong.npz"), "--widths", "16,32,64,128", "--seeds", "300");
        Assert.Equal("refuted", wrong.GetProperty("ntk").GetProperty("verdict").GetString());
        Assert.NotEqual("refuted", wrong.GetProperty("nngp").GetProperty("verdict").GetString());
        Assert.Equal(1 / 1.3 - 1, wrong.GetProperty("ntk").GetProperty("a").GetDouble(), 0.1);
        NpyFile.Write(In("one.npy"), KernelMatrix<double>.From(new[,] { { nngp[0], nngp[1] }, { nngp[2], nngp[3] } }));
        JsonElement one = Verified("--net", Net, "--x1", In("x.npy"), "--against", In("one.npy"), "--get", "nngp", "--widths", "4,5,6,7", "--seeds", "5");
        Assert.False(one.TryGetProperty("ntk", out _));
    }

    [Fact]
    public void Training_is_judged_by_means_and_covariances_and_shown_in_the_report()
    {
        JsonElement root = Verified("--net", "Dense >> Erf >> Dense", "--train", "--widths", "8,16,32,64", "--seeds", "30", "--report", In("r.html"));
        Assert.NotEqual("refuted", root.GetProperty("outputs").GetProperty("verdict").GetString());
        Assert.NotEqual("refuted", root.GetProperty("covariances").GetProperty("verdict").GetString());
        Assert.Contains(root.GetProperty("outputs").GetProperty("step").GetInt32(), (int[])[4, 8, 16]);
        Assert.Equal(8 * 30, root.GetProperty("networksDrawn").GetInt32());
        Assert.Equal(0.05, root.GetProperty("outputs").GetProperty("tolerance").GetDouble(), 1e-12);
        string html = File.ReadAllText(In("r.html"));
        XElement page = XElement.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(6, page.Descendants(svg + "svg").Count(chart => chart.Attribute("role") is not null));
        XElement table = page.Descendants("table").Single(one => (string?)one.Attribute("id") == "widths");
        Assert.Equal(["8", "16", "32", "64", "infinite"], table.Element("tbody")!.Elements("tr").Select(row => row.Element("td")!.Value));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_row_for_each_width_and_the_limit()
    {
        Outcome done = Run("verify", "--net", Net, "--widths", "8,16,32,64", "--seeds", "40", "--weights", "orthogonal");
        Assert.Equal(0, done.Code);
        string[] firsts = [.. done.Out.Split('\n').Select(line => line.TrimStart().Split(' ')[0])];
        Assert.All((string[])["8", "16", "32", "64", "limit", "NNGP:", "NTK:"], word => Assert.Contains(word, firsts));
        Assert.Contains("orthogonal weights", done.Out, StringComparison.Ordinal);
        Assert.Contains("width 64", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_points_suit_the_network_and_threads_change_nothing()
    {
        Assert.Equal("3 points of 4 features", Verified("--net", Net, "--seeds", "2").GetProperty("points").GetString());
        JsonElement images = Verified("--net", "Dense >> Relu >> Flatten >> Dense", "--shape", "2,3,2", "--widths", "2,3,4,5", "--seeds", "3", "--threads", "1");
        JsonElement again = Verified("--net", "Dense >> Relu >> Flatten >> Dense", "--shape", "2,3,2", "--widths", "2,3,4,5", "--seeds", "3", "--threads", "2");
        Assert.Equal(images.GetProperty("ntk").GetRawText(), again.GetProperty("ntk").GetRawText());
    }

    [Fact]
    public void Mistakes_give_one_message()
    {
        WriteMatrix("x.npy", new[,] { { 1.0, 0.5 }, { 0.3, 2.0 } });
        WriteMatrix("none.npy", new double[0, 2]);
        WriteMatrix("k3.npy", new double[3, 3]);
        WriteMatrix("odd.npy", new[,] { { 1.0, 0.5 }, { 0.3, 2.0 } });
        File.WriteAllBytes(In("nan.npy"), NpyBytes.Of([1, double.NaN, double.NaN, 2], 2, 2));
        WriteMatrix("good.npy", new[,] { { 1.0, 0.2 }, { 0.2, 2.0 } });
        Refused("needs --net", "verify");
        Refused("Relu", "verify", "--net", "Dense >> Rleu");
        Refused("Relu", "verify", "--net", "Dense >> Relu >> Relu >> Dense");
        Refused("at least 4", "verify", "--net", Net, "--widths", "8,16,32,32");
        Refused("at least 1", "verify", "--net", Net, "--widths", "0,16,32,64");
        Refused("at least 2", "verify", "--net", Net, "--seeds", "1");
        Refused("no samples", "verify", "--net", Net, "--x1", In("none.npy"));
        Refused("Leave one out", "verify", "--net", Net, "--x1", In("x.npy"), "--shape", "2");
        Refused("--against needs --x1", "verify", "--net", Net, "--against", In("good.npy"));
        Refused("say which kernel", "verify", "--net", Net, "--x1", In("x.npy"), "--against", In("good.npy"));
        Refused("2 × 2", "verify", "--net", Net, "--x1", In("x.npy"), "--against", In("k3.npy"), "--get", "ntk");
        Refused("symmetric", "verify", "--net", Net, "--x1", In("x.npy"), "--against", In("odd.npy"), "--get", "ntk");
        Refused("finite", "verify", "--net", Net, "--x1", In("x.npy"), "--against", In("nan.npy"), "--get", "ntk");
        Refused("needs both", "verify", "--net", Net, "--x1", In("x.npy"), "--against", In("good.npy"), "--get", "ntk", "--train");
        Refused("standard", "verify", "--net", "Dense(1, 0, standard) >> Relu >> Dense(1, 0, standard)", "--x1", In("x.npy"), "--against", In("good.npy"), "--get", "ntk");
        Refused(".html", "verify", "--net", Net, "--report", "r.txt");
        Refused("dropout", "verify", "--net", "Dense >> Relu >> Dropout(0.5) >> Dense", "--train");
        Outcome large = Run("verify", "--net", "Dense >> Relu >> Dense >> Relu >> Dense", "--widths", "8,16,32,4000000");
        Assert.Equal((1, ""), (large.Code, large.Out));
        Assert.Contains("smaller widths", large.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_compute_in_the_precision_that_was_asked_for()
    {
        string[] words = ["--net", Net, "--widths", "8,16,32,64", "--seeds", "20"];
        JsonElement exact = Verified(words), single = Verified([.. words, "--dtype", "f32"]);
        Assert.Equal(("f64", "f32"), (exact.GetProperty("dtype").GetString(), single.GetProperty("dtype").GetString()));
        double a = exact.GetProperty("ntk").GetProperty("a").GetDouble(), b = single.GetProperty("ntk").GetProperty("a").GetDouble();
        Assert.NotEqual(a, b);
        Assert.Equal(a, b, 1e-4);
    }

    private JsonElement Verified(params string[] words)
    {
        Outcome done = Run(["verify", .. words, "--json"]);
        Assert.True(done.Code == 0, done.Error);
        using var json = JsonDocument.Parse(done.Out);
        return json.RootElement.Clone();
    }

    private static void Refused(string part, params string[] words)
    {
        Outcome refused = Run(words);
        Assert.Equal((2, ""), (refused.Code, refused.Out));
        Assert.Contains(part, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sampling", refused.Error, StringComparison.Ordinal);
    }

    private static NpyContent Square(double[] values, double factor) => NpyContent.From(
        KernelMatrix<double>.From(new[,] { { factor * values[0], factor * values[1] }, { factor * values[2], factor * values[3] } }));

    private string In(string name) => Path.Combine(_folder, name);

    private void WriteMatrix(string name, double[,] values)
    {
        using var matrix = KernelMatrix<double>.From(values);
        NpyFile.Write(In(name), matrix);
    }

    private static Outcome Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = IntkTool.Run(words, new ToolConsole(output, error));
        return new Outcome(code, output.ToString(), error.ToString());
    }

    private sealed record Outcome(int Code, string Out, string Error);
}
