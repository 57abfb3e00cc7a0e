namespace IoTGateway.Rules.Engine;

/// <summary>What one shard told during a piece of work, each transition with its place in the order of one engine.</summary>
internal sealed class ShardOutput
{
    private readonly List<AlertTransition> _told = [];
    private readonly List<int> _places = [];

    /// <summary>What the shard's engine writes into.</summary>
    public ICollection<AlertTransition> Told => _told;

    /// <summary>All that has been told since the last call has this place: that of the input it came of.</summary>
    public void Place(int place)
    {
        while (_places.Count < _told.Count)
        {
            _places.Add(place);
        }
    }

    /// <summary>All that has been told since the last call has the place of its patient.</summary>
    public void PlaceByPatient(PatientHandles handles)
    {
        for (var index = _places.Count; index < _told.Count; index++)
        {
            _places.Add(handles.TryGet(_told[index].Patient, out var handle) ? handle : throw new InvalidOperationException("A transition of a patient who has no handle."));
        }
    }

    /// <summary>
    /// Takes everything out of all shards, in the order of the places. A place belongs to one shard, and what came of it there keeps its order.
    /// </summary>
    public static void Merge(ReadOnlySpan<ShardOutput> shards, ICollection<AlertTransition> output)
    {
        var total = 0;
        foreach (var shard in shards)
        {
            total += shard._told.Count;
        }

        var merged = new (int Place, int Shard, int Index)[total];
        var count = 0;
        for (var shard = 0; shard < shards.Length; shard++)
        {
            for (var index = 0; index < shards[shard]._told.Count; index++)
            {
                merged[count++] = (shards[shard]._places[index], shard, index);
            }
        }

        Array.Sort(merged);
        foreach (var (_, shard, index) in merged)
        {
            output.Add(shards[shard]._told[index]);
        }

        foreach (var shard in shards)
        {
            shard._told.Clear();
            shard._places.Clear();
        }
    }
}
