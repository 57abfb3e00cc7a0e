using System.Buffers;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Alerts;

/// <summary>The last rule set of the log: the last good one, with which a start goes on whatever the files on disk say.</summary>
/// <remarks>Its checkpoint (format 1) is the body of the record, or nothing. A rule set in force earlier stands in the checkpoint of the engine's state.</remarks>
public sealed class RuleSetProjection : IProjection
{
    /// <inheritdoc/>
    public string Name => "rule-set";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.RuleSet);

    /// <summary>The last rule set; null if there never was one.</summary>
    public RuleSetRecord? Last { get; private set; }

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new RuleSetProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => Last = RuleSetRecord.Read(record.Body);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        if (Last is { } last)
        {
            new BodyWriter(writer).WriteBytes(last.Write());
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state) => Last = state.IsEmpty ? null : RuleSetRecord.Read(state);
}
