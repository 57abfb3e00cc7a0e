using System.Buffers;
using System.Text;
using IoTGateway.Queue.Records;

namespace IoTGateway.Queue.Tests;

/// <summary>Counts readings by topic.</summary>
internal sealed class CountingProjection : IProjection
{
    public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public string Name => "counting";

    public int FormatVersion => 1;

    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Reading);

    public IProjection CreateEmpty() => new CountingProjection();

    public void Apply(in LogRecord record) => Counts[record.Topic!.Name] = Counts.GetValueOrDefault(record.Topic.Name) + 1;

    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        foreach (var (topic, count) in Counts)
        {
            body.WriteInt64(count);
            body.WriteText(topic);
        }
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        Counts.Clear();
        var reader = new BodyReader(state);
        while (reader.Remaining > 0)
        {
            var count = reader.ReadInt64();
            Counts[Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadUInt16()))] = count;
        }
    }
}
