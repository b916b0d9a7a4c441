namespace InfiniteNtk.Cli.Tests.Terminal;

/// <summary>A stream that takes some bytes and then fails, as a full disk or a closed descriptor does.</summary>
internal sealed class FailingStream(int room) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Length + buffer.Length > room) throw new IOException("No space left on device");
        base.Write(buffer);
    }
}
