using InfiniteNtk.FiniteWidth.Randomness;
using Xunit;

namespace InfiniteNtk.FiniteWidth.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The known answers published with the paper's own implementation for philox4x32 with 10 rounds.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0ul, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0ul, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [InlineData(
        0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0x299F31D0A4093822ul, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    public void Known_answers_are_met(uint c0, uint c1, uint c2, uint c3, ulong key, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Block((c0, c1, c2, c3), key));
}
