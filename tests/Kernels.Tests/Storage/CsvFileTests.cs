using System.Text;
using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Kernels.Storage;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

public sealed class CsvFileTests : IDisposable
{
    private static readonly Config Config = RandomCases.Of(1000, 77);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a;b\r\n1;2\r\n3;4")]
    [InlineData("a\tb\r1\t2\r3\t4\r")]
    [InlineData("\uFEFFa,b\n\n 1 , 2\n3,4e0\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",2\n3,\"4\" \n")]
    public void Delimiters_line_ends_quotes_blanks_and_byte_order_marks_do_not_matter(string text)
    {
        CsvTable table = Read(text);
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal([1, 3], table.Columns[0].Numbers!);
        Assert.Equal([2, 4], table.Columns[1].Numbers!);
    }

    [Fact]
    public void Quoted_fields_hold_delimiters_quotes_and_line_breaks_and_lines_are_counted_as_editors_do()
    {
        CsvTable table = Read("name,x\n\"a,b\",1\n\"say \"\"hi\"\"\r\nthere\",2\n\n\" c \",3\n");
        Assert.Equal(["a,b", "say \"hi\"\r\nthere", " c "], table.Columns[0].Texts!);
        Assert.Equal([2, 3, 6], table.Lines);
    }

    [Fact]
    public void A_column_with_one_text_is_text_and_missing_values_do_not_make_it_so()
    {
        CsvTable table = Read("a,b,c\n1,1.5,x\n2,?,\nthree,NA,y\n");
        Assert.Equal(["1", "2", "three"], table.Columns[0].Texts!);
        Assert.Equal(1.5, table.Columns[1].Numbers![0]);
        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(table.Columns[1].IsMissing));
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(table.Columns[2].IsMissing));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n\n", "it is empty")]
    [InlineData("a,b\n1,2\n\n3\n", "line 4 has 1 fields")]
    [InlineData("a,b\n1,2,3\n", "line 2 has 3 fields")]
    [InlineData("a,b\n\"1\n2\",2\n1,2,3\n", "line 4 has 3 fields")]
    [InlineData("1,2\n3,4\n", "its first row (line 1) holds numbers")]
    [InlineData(",a\n0,1\n", "column 1 has no name")]
    [InlineData("a,b,a\n1,2,3\n", "2 columns are named 'a'")]
    [InlineData("a,b\n\"1,2\n3,4\n", "the quote opened on line 2 is never closed")]
    [InlineData("a,b\n\"1\"2,3\n", "line 2 has text after a closing quote")]
    public void Malformed_tables_are_refused_by_line(string text, string received) =>
        Assert.Equal(received, Assert.Throws<InvalidFileException>(() => Read(text)).Received);

    [Fact]
    public void A_header_alone_is_a_table_without_rows() => Assert.Equal(0, Read("a,b\n").Count);

    [Fact]
    public void Infinity_keeps_its_sign() =>
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, 1], Read("a,b\ninf,0\n-inf,0\n+Inf,0\n1,0\n").Columns[0].Numbers!);

    [Fact]
    public void A_missing_file_is_refused() => Assert.Throws<InvalidFileException>(() => CsvFile.Read(_folder["absent.csv"]));

    [Fact]
    public void A_field_may_be_longer_than_any_buffer()
    {
        string text = new('x', 300_000);
        CsvTable table = Read($"a,b\n\"{text}\",1\n{text},2\n");
        Assert.Equal([text, text], table.Columns[0].Texts!);
    }

    [Fact]
    public void Whatever_texts_are_quoted_come_back()
    {
        Gen<string> field = Gen.Elements("a;\"\n\r\t, x1.Θ".ToArray()).ArrayOf().Select(characters => new string(characters));
        Gen<string[][]> rows = field.ArrayOf(2).NonEmptyListOf().Select(list => list.ToArray());
        Check.One(Config, Prop.ForAll(rows.ToArbitrary(), table =>
        {
            string text = "first,second\n" + string.Join('\n', table.Select(row => string.Join(',', row.Select(Quote))));
            CsvTable read = Read(text);
            return table.Length == read.Count && Enumerable.Range(0, table.Length).All(i => Matches(read.Columns[0], i, table[i][0])
                && Matches(read.Columns[1], i, table[i][1]));
        }));

        static string Quote(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        static bool Matches(CsvColumn column, int row, string expected) =>
            column.Texts is null ? column.IsMissing(row) || double.IsFinite(column.Numbers![row]) : column.Texts[row] == expected;
    }

    [Fact]
    public void Arbitrary_text_is_a_table_or_refused() => Check.One(Config, Prop.ForAll(
        Gen.Elements("\"\"\n\r,;\t a1?".ToArray()).ArrayOf().ToArbitrary(),
        characters =>
        {
            try
            {
                CsvTable table = Read("h,i\n" + new string(characters));
                return table.Columns.All(column => (column.Numbers?.Count ?? column.Texts!.Count) == table.Count);
            }
            catch (InvalidFileException)
            {
                return true;
            }
        }));

    private CsvTable Read(string text)
    {
        File.WriteAllBytes(_folder["a.csv"], Encoding.UTF8.GetBytes(text));
        return CsvFile.Read(_folder["a.csv"]);
    }
}
