namespace IoTGateway.Readings.Census;

/// <summary>To whom one device belonged, over time.</summary>
internal sealed class DeviceTimeline(string device)
{
    private readonly Assignment _unassigned = Assignment.Unassigned(device);

    // In ascending order of From, each different from the one before; before the first the device is unassigned.
    private readonly List<Stay> _stays = [];

    /// <summary>Whether the device was never anybody's.</summary>
    public bool IsEmpty => _stays.Count == 0;

    /// <summary>From this time on the device belongs as this census says; what was known of this and later times no longer holds.</summary>
    /// <param name="from">From when on.</param>
    /// <param name="census">Who is where.</param>
    /// <param name="onlyIfItMoves">Whether nothing is to change for a device that belongs now as the census says.</param>
    /// <returns>Whether it did anything.</returns>
    public bool Apply(Instant from, WardCensus census, bool onlyIfItMoves)
    {
        if (onlyIfItMoves && census.AssignmentOf(device) == (_stays.Count > 0 ? _stays[^1].Assignment : _unassigned))
        {
            return false;
        }

        while (_stays.Count > 0 && _stays[^1].From >= from)
        {
            _stays.RemoveAt(_stays.Count - 1);
        }

        Append(from, census.AssignmentOf(device));
        return true;
    }

    /// <summary>The same once more, to go its own way.</summary>
    public DeviceTimeline Copy()
    {
        var copy = new DeviceTimeline(device);
        foreach (var stay in _stays)
        {
            copy.Append(stay.From, stay.Assignment);
        }

        return copy;
    }

    /// <summary>Forgets what was before this time: at earlier times the device is unassigned.</summary>
    public void Forget(Instant before)
    {
        var inForce = At(before);
        _stays.RemoveAll(stay => stay.From <= before);
        if (inForce != _unassigned)
        {
            _stays.Insert(0, new Stay(before, inForce));
        }
    }

    /// <summary>To whom it belonged at this time. Allocates nothing.</summary>
    public Assignment At(Instant time)
    {
        // Nearly every reading is of the present.
        if (_stays.Count > 0 && _stays[^1].From <= time)
        {
            return _stays[^1].Assignment;
        }

        var low = 0;
        var high = _stays.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_stays[middle].From <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? _unassigned : _stays[low - 1].Assignment;
    }

    private void Append(Instant from, Assignment assignment)
    {
        var before = _stays.Count > 0 ? _stays[^1].Assignment : _unassigned;
        if (assignment != before)
        {
            _stays.Add(new Stay(from, assignment == _unassigned ? _unassigned : assignment));
        }
    }

    private readonly record struct Stay(Instant From, Assignment Assignment);
}
