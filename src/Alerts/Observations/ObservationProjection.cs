using System.Buffers;
using IoTGateway.Alerts.Observations;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts;

/// <summary>The newest observations of the log, for those who show and correct them. The checkpoint (format 1) is drawn at <see cref="ObservationHistory"/>.</summary>
public sealed class ObservationProjection : IProjection
{
    /// <inheritdoc/>
    public string Name => "observations";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Observation);

    /// <summary>The observations as of the end of the log at the start; from then on owned by who corrects them.</summary>
    internal ObservationHistory History { get; private set; } = new();

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new ObservationProjection();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => History.TryApply(ObservationRecord.Read(record.Body));

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => History.Save(writer);

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        var reader = new BodyReader(state);
        History = ObservationHistory.Load(ref reader);
    }
}
