using System.Buffers;

namespace IoTGateway.Queue;

/// <summary>
/// State that follows from the log: checkpoint + the records behind it. Pure: the same records give the same state.
/// The log feeds it once at start, and again, in the background, whenever a segment is sealed, to write its checkpoint.
/// </summary>
public interface IProjection
{
    /// <summary>The checkpoint's file name: lower case and hyphens.</summary>
    string Name { get; }

    /// <summary>The version of what <see cref="Save"/> writes. A checkpoint of another version is not loaded: the log refuses to open.</summary>
    int FormatVersion { get; }

    /// <summary>The kinds it wants.</summary>
    RecordKinds Kinds { get; }

    /// <summary>A new projection of the same type in its first state.</summary>
    IProjection CreateEmpty();

    /// <summary>Takes in a record, in log order.</summary>
    void Apply(in LogRecord record);

    /// <summary>Writes the whole state.</summary>
    void Save(IBufferWriter<byte> writer);

    /// <summary>Reads back what <see cref="Save"/> wrote. Throws <see cref="InvalidDataException"/> if it cannot.</summary>
    void Load(ReadOnlySpan<byte> state);
}
