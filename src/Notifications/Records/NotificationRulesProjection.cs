using System.Buffers;
using IoTGateway.Queue;

namespace IoTGateway.Notifications.Records;

/// <summary>The roster and the notification rules in force: the last good ones, with which a start goes on whatever the files on disk say.</summary>
/// <remarks>The checkpoint (format 1): the body of the newest record (NotificationRulesRecord); empty if there is none.</remarks>
public sealed class NotificationRulesProjection : IProjection
{
    private byte[] _body = [];

    /// <inheritdoc/>
    public string Name => "notification-rules";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.NotificationRules);

    /// <summary>What came into force last as of the end of the log at the start; null if there never was anything.</summary>
    public NotificationRulesRecord? Last => _body.Length == 0 ? null : NotificationRulesRecord.Read(_body);

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new NotificationRulesProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => _body = record.Body.ToArray();

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => writer.Write(_body);

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state) => _body = state.ToArray();
}
