using System.Buffers;
using System.Globalization;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Simulation.Tests;

/// <summary>State that shows any record left out, taken twice or taken out of order: a running digest for each topic.</summary>
internal sealed class DigestProjection : IProjection
{
    private readonly SortedDictionary<string, ulong> _digests = new(StringComparer.Ordinal);

    public string Name => "digest";

    public int FormatVersion => 1;

    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Reading, RecordKind.AlertEvent);

    public IProjection CreateEmpty() => new DigestProjection();

    public void Apply(in LogRecord record)
    {
        var digest = _digests.GetValueOrDefault(record.Topic!.Name, 14_695_981_039_346_656_037) ^ (ulong)record.Sequence;
        foreach (var value in record.Body)
        {
            digest = (digest ^ value) * 1_099_511_628_211; // FNV-1a
        }

        _digests[record.Topic.Name] = digest;
    }

    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        foreach (var (topic, digest) in _digests)
        {
            body.WriteInt64((long)digest);
            body.WriteText(topic);
        }
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        _digests.Clear();
        var reader = new BodyReader(state);
        while (reader.Remaining > 0)
        {
            var digest = (ulong)reader.ReadInt64();
            _digests[reader.ReadText()] = digest;
        }
    }

    public override string ToString() => _digests.Aggregate(
        new StringBuilder(), (text, pair) => text.Append(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value:x} ")).ToString();
}
