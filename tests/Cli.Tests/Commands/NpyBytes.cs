using System.Runtime.InteropServices;
using System.Text;

namespace InfiniteNtk.Cli.Tests.Commands;

/// <summary>Files of NumPy arrays of any rank, as bytes.</summary>
internal static class NpyBytes
{
    /// <summary>Bytes of a header.</summary>
    public const int HeaderLength = 128;

    /// <summary>The header of an array in C order.</summary>
    public static byte[] Header(string type, params int[] shape)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(extent => $"{extent}, "))}), }}";
        byte[] padded = Encoding.ASCII.GetBytes(text.PadRight(HeaderLength - 11) + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, 0, .. padded];
    }

    /// <summary>An array of doubles.</summary>
    public static byte[] Of(double[] values, params int[] shape) => [.. Header("<f8", shape), .. MemoryMarshal.AsBytes(values.AsSpan())];
}
