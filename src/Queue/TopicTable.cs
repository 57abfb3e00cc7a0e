using System.Text;

namespace IoTGateway.Queue;

/// <summary>Names to topics and numbers to topics. Written under the log's append lock; reading by number is safe from any thread.</summary>
internal sealed class TopicTable
{
    private readonly Dictionary<byte[], Topic> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], Topic>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private uint _lastId;
    private Topic?[] _byId = new Topic?[1024];

    public TopicTable() => _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _byName.Count;

    /// <summary>The topics in the order they were made.</summary>
    public IEnumerable<Topic> InOrder => Volatile.Read(ref _byId).OfType<Topic>();

    public Topic? Find(ReadOnlySpan<byte> utf8Name) => _bySpan.TryGetValue(utf8Name, out var topic) ? topic : null;

    public Topic? Find(uint id)
    {
        var topics = Volatile.Read(ref _byId);
        return id < topics.Length ? Volatile.Read(ref topics[id]) : null;
    }

    /// <summary>Makes the next topic.</summary>
    public Topic Add(RecordKind kind, ReadOnlySpan<byte> utf8Name) => Add(_lastId + 1, kind, utf8Name);

    /// <summary>Takes over a topic with the number it has; nothing happens if it is known.</summary>
    public Topic Add(uint id, RecordKind kind, ReadOnlySpan<byte> utf8Name)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        var topic = new Topic(id, kind, Encoding.UTF8.GetString(utf8Name), utf8Name.ToArray());
        var topics = _byId;
        if (id >= topics.Length)
        {
            Array.Resize(ref topics, (int)Math.Max(id + 1, topics.Length * 2));
        }

        Volatile.Write(ref topics[id], topic);
        Volatile.Write(ref _byId, topics);
        _lastId = Math.Max(_lastId, id);
        _byName[utf8Name.ToArray()] = topic;
        return topic;
    }
}
