using System.IO.Compression;

namespace InfiniteNtk.Kernels.Storage;

/// <summary>
/// One member of a zip archive, read forwards. It owns the archive, ends at the declared length, and checks the checksum there,
/// which the base library does not.
/// </summary>
internal sealed class ZipMemberStream(ZipArchive archive, ZipArchiveEntry entry) : Stream
{
    private readonly Stream _member = entry.Open();
    private readonly long _length = entry.Length;
    private readonly uint _declared = entry.Crc32;
    private Crc32 _actual;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, _length - _position);
        int got = _member.Read(buffer[..wanted]);
        _actual.Append(buffer[..got]);
        _position += got;
        if (_position == _length && _actual.Value != _declared) throw new InvalidDataException("its checksum does not match");
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member.Dispose();
            archive.Dispose();
        }

        base.Dispose(disposing);
    }
}
