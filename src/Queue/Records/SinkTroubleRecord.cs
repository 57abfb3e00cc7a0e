using System.Buffers;

namespace IoTGateway.Queue.Records;

/// <summary>What a consumer writes to takes nothing, and somebody should see to it; or it works again.</summary>
/// <remarks><code>
/// offset size
///      0    1  version, 1
///      1    1  1: it takes nothing; 0: it works again
///      2    8  since when, in Unix milliseconds
///     10    2  length of the consumer's name
///     12    n  the consumer's name in UTF-8
///   12+n    2  length of the reason
///   14+n    m  the reason in UTF-8: a sentence that says what to do; holds no patient data; empty where it works again
/// </code></remarks>
/// <param name="Consumer">The consumer's name in the log.</param>
/// <param name="IsAway">Whether it takes nothing.</param>
/// <param name="SinceUnixMilliseconds">Since when.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public readonly record struct SinkTroubleRecord(string Consumer, bool IsAway, long SinceUnixMilliseconds, string Reason)
{
    private const byte Version = 1;
    private const int ReasonLengthAtMost = 1_000;

    /// <summary>The body. A reason that is too long is cut.</summary>
    public byte[] Write()
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new BodyWriter(body);
        writer.WriteByte(Version);
        writer.WriteByte(IsAway ? (byte)1 : (byte)0);
        writer.WriteInt64(SinceUnixMilliseconds);
        writer.WriteText(Consumer);
        writer.WriteText(Reason.Length > ReasonLengthAtMost ? Reason[..ReasonLengthAtMost] : Reason);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Reads the body of a record.</summary>
    /// <exception cref="InvalidDataException">It is not one, or of a later version.</exception>
    public static SinkTroubleRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        if (reader.ReadByte() is not Version and var version)
        {
            throw new InvalidDataException($"A record of a sink's trouble has version {version}; this gateway reads version {Version}.");
        }

        var isAway = reader.ReadByte() == 1;
        var since = reader.ReadInt64();
        return new SinkTroubleRecord(reader.ReadText(), isAway, since, reader.ReadText());
    }
}
