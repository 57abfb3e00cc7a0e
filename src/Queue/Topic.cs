namespace IoTGateway.Queue;

/// <summary>A logical queue: a name with its own sequence numbers, from 1.</summary>
public sealed class Topic
{
    internal Topic(uint id, RecordKind kind, string name, byte[] utf8Name)
    {
        Id = id;
        Kind = kind;
        Name = name;
        Utf8Name = utf8Name;
    }

    /// <summary>Stands for a topic whose name was lost with damaged bytes: its records are still there.</summary>
    internal static Topic Lost(uint id)
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"lost-topics/{id}");
        return new Topic(id, RecordKind.None, name, System.Text.Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The number that stands for the name in records; from 1.</summary>
    public uint Id { get; }

    /// <summary>What its first record was; a topic carries one kind by convention.</summary>
    public RecordKind Kind { get; }

    /// <summary>The name, for example <c>devices/monitor-3/vitals</c>.</summary>
    public string Name { get; }

    /// <summary>The name in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8Name { get; }

    /// <summary>The sequence number given to the newest record, committed or not; 0 before the first. Owned by the log's append lock.</summary>
    internal long LastSequence;
}
