using System.Text.Json;
using InfiniteNtk.Cli;
using InfiniteNtk.Cli.Terminal;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Fuzz;

/// <summary>Damaged and hostile command lines, on sound and on damaged files.</summary>
public sealed class ToolTests : IDisposable
{
    /// <summary>A computation that is larger than a test is stopped, which is an outcome as well.</summary>
    private static readonly TimeSpan _enough = TimeSpan.FromSeconds(1.5);

    private static readonly string[][] _lines =
    [
        ["explain", "--net", "Dense(sqrt(2), 0.1) >> Relu >> Dense"], ["explain", "Conv(3, 3) >> Relu >> Flatten >> Dense", "--shape", "4,4,2", "--samples", "100"], ["explain", "@net.json", "--latex"],
        ["explain", "--net", "Dense >> Gelu >> Dense", "--json"], ["explain", "--net", "myrtle5", "--program", "--shape", "32,32,3"],
        ["kernel", "--net", "Dense >> Relu >> Dense", "--x1", "x.npy", "--out", "k.npz"], ["kernel", "--net", "Dense >> Erf >> Dense", "--x1", "x.npy", "--x2", "x.npy", "--get", "ntk", "--dtype", "f32", "--out", "k.npy"],
        ["kernel", "data.npz", "--net", "Flatten >> Dense >> Relu >> Dense", "--layout", "nhw", "--out", "k.npz", "--threads", "2"],
        ["predict", "data.csv", "--net", "Dense >> Relu >> Dense", "--train", "12", "--seed", "3", "--out", "p.csv"], ["predict", "data.csv", "--net", "Dense >> Erf >> Dense", "--test", "data.csv", "--kind", "nngp", "--ridge", "1e-2rel", "--out", "p.npz"],
        ["predict", "--kernel", "square.npy", "--y", "y.npy", "--ridge", "0.1abs"], ["predict", "-", "--net", "Dense >> Relu >> Dense", "--train", "10", "--task", "classify", "--target", "target"],
        ["compare", "data.csv", "--net", "Dense >> Relu >> Dense", "--n", "6,12", "--subsets", "20", "--json"], ["compare", "data.npz", "--net", "Flatten >> Dense", "--n", "8", "--report", "r.html", "--chart", "c.svg", "--preprocess", "global"],
        ["verify", "--net", "Dense >> Relu >> Dense", "--widths", "4,8,16,32", "--seeds", "3"], ["info"], ["help", "kernel"], ["--version"], ["completion", "bash"], ["verify", "--help"],
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Environment.CurrentDirectory;

    public ToolTests()
    {
        Environment.CurrentDirectory = _folder.Path; // Mutated names stay in this folder.
        WriteFiles(null);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [Fact]
    public void Command_lines() => Check(900, 210_000_000, damagedFiles: false);

    [Fact]
    public void Command_lines_on_damaged_files() => Check(500, 220_000_000, damagedFiles: true);

    private static string[] Extra()
    {
        string[] options = [.. IntkTool.Commands.SelectMany(command => command.Options).Select(option => option.Name).Distinct()];
        string[] values =
        [
            "", "-", "--", "-1", "0", "1", "3", "1.5", "99999999999", "2147483647", "NaN", "nan", "1e400", "1e-400abs", "0rel", "0abs", "1abs", "-1rel", "inf", "\u001b]0;owned\u0007", "\u001b[2Jx.csv", "line\nbreak.csv",
            "@", "@-", "@net.json", "@x.npy", "@missing.json", "/dev/null", "/dev/zero", "/dev/stdin", ".", "missing.csv", "x.npy", "y.npy", "square.npy", "data.csv", "data.npz", "k.npz", "out.csv", "r.html", "c.svg", "none/there.npz",
            "2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2", "65536,65536,3", "4,4", "4,4,1", "1,2,3,4", "8,16,32,64", "\ud800", "\u6f22\u5b57", "zca:1e-3", "zca:0", "unit", "features", "none", "global",
            "ntc", "nchw", "nhwc", "nngp", "ntk", "f32", "f64", "classify", "regress", "orthogonal", "cuda", "auto", "--help", "-h", "help", "compare", "predict", "kernel", "explain", "verify", "info", "completion", "zsh",
        ];
        return [.. options, .. values, .. Seeds.Networks];
    }

    private static string? Wrong(int code, string output, string error)
    {
        if (code is not (IntkTool.Done or IntkTool.Failed or IntkTool.WrongUse or IntkTool.Interrupted)) return $"exit code {code}";
        if (code != IntkTool.Done && !error.Contains("intk: ", StringComparison.Ordinal)) return $"exit code {code} without a message: {error}";
        foreach (string mistake in (string[])["mistake in the tool", "ran out of memory"])
        {
            if (error.Contains(mistake, StringComparison.Ordinal)) return error;
        }

        return Oracle.Unfit(error, 40_000) ?? Oracle.Unfit(output, 10_000_000);
    }

    private static void RequireSound(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not ("x.npy" or "y.npy" or "square.npy" or "data.npz" or "data.csv" or "net.json")))
        {
            if (path.EndsWith(".npz", StringComparison.Ordinal))
            {
                NpzFile archive = NpzFile.Open(path);
                foreach (string name in archive.Names) Assert.All(archive.Read(name).ToArray(), number => Assert.True(double.IsFinite(number), path));
            }
            else if (path.EndsWith(".npy", StringComparison.Ordinal))
            {
                Assert.All(NpyFile.Open(path).ToArray(), number => Assert.True(double.IsFinite(number), path));
            }
            else
            {
                Assert.DoesNotMatch(@"\bNaN\b", File.ReadAllText(path));
            }

            File.Delete(path);
        }
    }

    private void Check(int cases, int seed, bool damagedFiles)
    {
        string[] extra = Extra();
        Oracle.Check(
            cases, seed,
            mutator => (Words: mutator.Words(mutator.Any(_lines), mutator.Any(_lines), extra), Files: damagedFiles ? mutator : null),
            input =>
            {
                WriteFiles(input.Files);
                using var stop = new CancellationTokenSource(_enough);
                using var output = new StringWriter();
                using var error = new StringWriter();
                var console = new ToolConsole(output, error) { OpenInput = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Seeds.Tables[0])) };
                int code = IntkTool.Run(input.Words, console, stop.Token);
                if (Wrong(code, output.ToString(), error.ToString()) is { } wrong) Assert.Fail(wrong);
                RequireSound(_folder.Path);
                if (code == IntkTool.Done && output.ToString().StartsWith('{')) JsonDocument.Parse(output.ToString()).Dispose();
                if (code != IntkTool.Done) throw new RefusedException(); // Counts as a refusal, not as an answer.
            },
            input => string.Join(' ', input.Words.Select(word => JsonSerializer.Serialize(word.Length > 300 ? word[..300] : word))));
    }

    private void WriteFiles(Mutator? damage)
    {
        byte[] Damaged(byte[] sound) => damage is null ? sound : damage.Bytes(sound, sound);
        _folder.Write("x.npy", Damaged(Seeds.Arrays[0]));
        _folder.Write("y.npy", Damaged(Seeds.Npy("<f8", [.. Enumerable.Range(0, 3).SelectMany(i => BitConverter.GetBytes((double)i))], 3)));
        _folder.Write("square.npy", Damaged(Seeds.Npy("<f8", [.. Enumerable.Range(0, 9).SelectMany(i => BitConverter.GetBytes(i % 4 == 0 ? 2.0 : 0.5))], 3, 3)));
        _folder.Write("data.npz", Damaged(Seeds.Archives[1]));
        _folder.Write("data.csv", Damaged(System.Text.Encoding.UTF8.GetBytes(Seeds.Tables[0])));
        _folder.Write("net.json", Damaged(System.Text.Encoding.UTF8.GetBytes(Seeds.Json[1])));
    }
}
