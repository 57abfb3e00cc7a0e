namespace IoTGateway.Readings.Clocks;

/// <summary>
/// The clock offsets of all devices by their places in the log, so that a record gives the same corrected times whenever and by whomever it is read.
/// Not thread-safe: each consumer has its own.
/// </summary>
public sealed class ClockOffsetHistory
{
    /// <summary>So many of a device's newest offsets are kept. To records before them the oldest one that is kept applies.</summary>
    public const int ChangesOfADeviceAtMost = 32;

    // As many devices as the log has topics, which is bounded. Of each in the order of the log.
    private readonly SortedDictionary<string, List<ClockOffsetChange>> _devices = new(StringComparer.Ordinal);

    /// <summary>The devices of which an offset was ever learned, in ordinal order, with their offsets in the order of the log.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<ClockOffsetChange>>> Devices =>
        _devices.Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<ClockOffsetChange>)pair.Value));

    /// <summary>Takes over an offset.</summary>
    /// <param name="logAddress">Where its record stands in the log; one that is already known is passed over.</param>
    /// <param name="device">The device's name.</param>
    /// <param name="offset">What has to be added to its clock.</param>
    public void Apply(long logAddress, string device, TimeSpan offset)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!_devices.TryGetValue(device, out var changes))
        {
            _devices.Add(device, changes = []);
        }

        // Records come in the order of the log, so one that does not stand behind the last was met before.
        if (changes.Count > 0 && logAddress <= changes[^1].LogAddress)
        {
            return;
        }

        changes.Add(new ClockOffsetChange(logAddress, offset));
        if (changes.Count > ChangesOfADeviceAtMost)
        {
            // What is forgotten leaves its successor to stand for all that was before.
            changes.RemoveAt(0);
            changes[0] = changes[0] with { LogAddress = long.MinValue };
        }
    }

    /// <summary>What has to be added to a device's clock for a record at this place of the log; zero while nothing was known of it. Allocates nothing.</summary>
    public TimeSpan OffsetOf(string device, long logAddress)
    {
        if (!_devices.TryGetValue(device, out var changes))
        {
            return TimeSpan.Zero;
        }

        for (var index = changes.Count - 1; index >= 0; index--)
        {
            if (changes[index].LogAddress < logAddress)
            {
                return changes[index].Offset;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>The same once more, to go its own way.</summary>
    public ClockOffsetHistory Copy()
    {
        var copy = new ClockOffsetHistory();
        foreach (var (device, changes) in _devices)
        {
            copy._devices.Add(device, [.. changes]);
        }

        return copy;
    }
}
