namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>The names of a directory twice: as the cache shows them and, without the latest changes, as they stand on the medium.</summary>
internal sealed class DirectoryContent
{
    private readonly List<DirectoryChange> _unflushed = [];
    private SortedDictionary<string, FileContent> _cached = new(StringComparer.Ordinal);
    private SortedDictionary<string, FileContent> _durable = new(StringComparer.Ordinal);

    /// <summary>The names that a reader sees, sorted.</summary>
    public IReadOnlyDictionary<string, FileContent> Files => _cached;

    public void Change(DirectoryChange change)
    {
        Apply(change, _cached);
        _unflushed.Add(change);
    }

    public void Flush()
    {
        _unflushed.Clear();
        _durable = new(_cached, StringComparer.Ordinal);
    }

    /// <summary>The power is gone: each unflushed change is on the medium or is not, whatever became of the others.</summary>
    public void LosePower(Random random)
    {
        foreach (var change in _unflushed.Where(_ => random.Next(2) == 0))
        {
            Apply(change, _durable);
        }

        _unflushed.Clear();
        _cached = new(_durable, StringComparer.Ordinal);
    }

    private static void Apply(DirectoryChange change, SortedDictionary<string, FileContent> names)
    {
        if (change.Removed is { } removed)
        {
            names.Remove(removed);
        }

        if (change.Added is { } added)
        {
            names[added] = change.Content!;
        }
    }
}
