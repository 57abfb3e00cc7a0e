using System.Buffers;

namespace IoTGateway.Queue;

/// <summary>Several records that become durable together or not at all. Reusable; for one thread.</summary>
public sealed class LogBatch
{
    private readonly ArrayBufferWriter<byte> _bodies = new();
    private readonly List<Entry> _entries = [];

    /// <summary>How many records it holds.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a record; the body is copied.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="topic">Its logical queue, made at need; null for none.</param>
    /// <param name="body">What it says.</param>
    public void Add(RecordKind kind, string? topic, ReadOnlySpan<byte> body)
    {
        _entries.Add(new Entry(kind, topic, _bodies.WrittenCount, body.Length));
        _bodies.Write(body);
    }

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        _entries.Clear();
        _bodies.ResetWrittenCount();
    }

    internal IReadOnlyList<Entry> Entries => _entries;

    internal ReadOnlySpan<byte> BodyOf(Entry entry) => _bodies.WrittenSpan.Slice(entry.Start, entry.Length);

    internal readonly record struct Entry(RecordKind Kind, string? Topic, int Start, int Length);
}
