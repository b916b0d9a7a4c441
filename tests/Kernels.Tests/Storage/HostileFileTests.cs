using FsCheck;
using FsCheck.Fluent;
using InfiniteNtk.Tests.Support;
using Xunit;

namespace InfiniteNtk.Kernels.Tests.Storage;

/// <summary>Damaged files give numbers or one kind of exception, and never cost more memory than their bytes can justify.</summary>
public class HostileFileTests
{
    private const long LargestRatio = 1032;

    private static readonly Config Config = RandomCases.Of(3000, 20250901);

    /// <summary>A fixture with bytes overwritten, removed, inserted, or its end cut off.</summary>
    private static readonly Gen<byte[]> Damaged =
        from name in Gen.Elements(Fixture.All)
        let bytes = File.ReadAllBytes(name)
        from edits in Gen.NonEmptyListOf(
            from at in Gen.Choose(0, bytes.Length - 1)
            from kind in Gen.Choose(0, 4)
            from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("-0123456789(),':{}[]TFLfiub<>|PK".ToArray()).Select(c => (int)c))
            select (At: at, Kind: kind, Value: (byte)value))
        select edits.Aggregate(bytes, (current, edit) => Edit(current, edit.At % Math.Max(current.Length, 1), edit.Kind, edit.Value));

    private static readonly Gen<byte[]> Random = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    [Fact]
    public void Damaged_arrays_and_archives_never_crash_the_reader() =>
        Check.One(Config, Prop.ForAll(Gen.OneOf(Damaged, Random).ToArbitrary(), Survives));

    private static bool Survives(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Func<NpyArray[]> open in new Func<NpyArray[]>[]
        {
            () => [NpyFile.Open(path)],
            () => { NpzFile file = NpzFile.Open(path); return [.. file.Names.Select(file.Read)]; },
        })
        {
            try
            {
                foreach (NpyArray array in open())
                {
                    if (array.Count > LargestRatio * Math.Max(bytes.Length, 1)) return false;
                    if (array.ToArray().Length != array.Count) return false;
                }
            }
            catch (InvalidFileException)
            {
                // The one allowed refusal.
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20;
    }

    private static byte[] Edit(byte[] bytes, int at, int kind, byte value) => kind switch
    {
        0 when bytes.Length > 0 => [.. bytes[..at], .. bytes[(at + 1)..]],
        1 => [.. bytes[..at], value, .. bytes[at..]],
        2 when value < 25 => bytes[..at],
        _ when bytes.Length > 0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        _ => [value],
    };
}
