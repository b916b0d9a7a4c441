using System.Buffers.Binary;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// The checksum of zip archives, which the base library writes but does not verify on reading: the remainder modulo the
/// polynomial 0x04C11DB7, bits reflected. Eight bytes a step through eight tables (Kounavis and Berry 2005).
/// </summary>
internal struct Crc32
{
    private static readonly uint[][] Tables = MakeTables();
    private uint _value;

    /// <summary>The checksum of everything appended so far.</summary>
    public readonly uint Value => _value;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_value;
        uint[][] t = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
        }

        foreach (byte b in bytes) crc = (crc >> 8) ^ t[0][(crc ^ b) & 0xFF];
        _value = ~crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint b = 0; b < 256; b++)
        {
            uint crc = b;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
            tables[0][b] = crc;
        }

        for (int k = 1; k < 8; k++)
        {
            for (int b = 0; b < 256; b++)
            {
                uint crc = tables[k - 1][b];
                tables[k][b] = (crc >> 8) ^ tables[0][crc & 0xFF];
            }
        }

        return tables;
    }
}
