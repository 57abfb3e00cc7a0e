namespace IoTGateway.Queue.Files;

/// <summary>An open file.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>The present length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads up to the buffer's length; fewer only at the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all bytes at an offset. Not durable before <see cref="Flush"/>.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes everything written durable (fdatasync or fsync). After a failure the file's content is unknown: do not try again.</summary>
    void Flush();
}
