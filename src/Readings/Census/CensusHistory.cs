namespace IoTGateway.Readings.Census;

/// <summary>
/// Every census met in the log so far, so that a reading can be given to whoever had the device at its corrected time.
/// Not thread-safe: each consumer keeps its own, so that it knows just what stood before its place in the log.
/// </summary>
/// <remarks>
/// A census holds from its time until that of the next; where a later record has an earlier time, it replaces from then on what earlier records had said. One
/// that undoes a change (<see cref="CensusNote.Corrects"/>) does so only for the devices that it brings elsewhere: what else has happened meanwhile happened when
/// it did. Kept per device: <see cref="AssignmentOf"/> is one look-up, whatever the number of censuses.
/// </remarks>
public sealed class CensusHistory
{
    /// <summary>So many of the newest censuses are kept; to what was before them every device is unassigned.</summary>
    public const int ChangesAtMost = 10_000;

    // Devices at no bed are asked for with every reading too. The default of Queue:MaxTopics; beyond it their assignments are made anew.
    private const int StrangersAtMost = 100_000;

    // In the order of the log.
    private readonly List<CensusChange> _changes = [];
    private readonly Dictionary<string, DeviceTimeline> _timelines = new(StringComparer.Ordinal);
    private readonly List<CensusCorrection> _corrections = [];
    private readonly Dictionary<string, Assignment> _strangers = new(StringComparer.Ordinal);

    /// <summary>The censuses that are kept, in the order of the log: what a checkpoint has to hold to build this history again.</summary>
    public IReadOnlyList<CensusChange> Changes => _changes;

    /// <summary>What undone changes have given to somebody else, in the order of the log, of the censuses that are kept.</summary>
    public IReadOnlyList<CensusCorrection> Corrections => _corrections;

    /// <summary>To whom this device belonged at this time after all, by the last correction of it; null where there is none.</summary>
    public Assignment? CorrectedAssignmentOf(string device, Instant at) =>
        _corrections.FindLast(correction => correction.Device == device && correction.From <= at && at < correction.Until)?.Assignment;

    /// <summary>The census in force now (the last applied), or <see cref="WardCensus.Empty"/>.</summary>
    public WardCensus Current { get; private set; } = WardCensus.Empty;

    /// <summary>Takes over a census that is in force from <paramref name="from"/> on.</summary>
    /// <param name="logAddress">Where its record stands in the log; one that is already known is passed over.</param>
    /// <param name="from">From when on it holds.</param>
    /// <param name="census">Who is where.</param>
    /// <param name="note">What its record says of itself; null for nothing.</param>
    public void Apply(long logAddress, Instant from, WardCensus census, CensusNote? note = null)
    {
        ArgumentNullException.ThrowIfNull(census);

        // Records come in the order of the log, so one that does not stand behind the last was met before.
        if (_changes.Count > 0 && logAddress <= _changes[^1].LogAddress)
        {
            return;
        }

        _changes.Add(new CensusChange(logAddress, from, census.Sharing(_changes.Count > 0 ? _changes[^1].Census : WardCensus.Empty)) { Note = note });
        Current = census;
        foreach (var device in census.Devices)
        {
            _strangers.Remove(device);
            _timelines.TryAdd(device, new DeviceTimeline(device));
        }

        foreach (var (device, timeline) in _timelines)
        {
            if (timeline.Apply(from, census, onlyIfItMoves: note?.Corrects is not null) && note?.Corrects is not null)
            {
                _corrections.Add(new CensusCorrection(logAddress, device, from, Instant.Later(note.At, from), timeline.At(Instant.MaxValue)));
            }
        }

        if (_changes.Count > ChangesAtMost)
        {
            ForgetOldest();
        }
    }

    /// <summary>A copy that knows only what stands before a place of the log.</summary>
    public CensusHistory Before(long logAddress)
    {
        var copy = new CensusHistory();
        if (_changes.Count == 0 || _changes[^1].LogAddress < logAddress)
        {
            // The usual case, a consumer that had read all there is: nothing has to be worked out again.
            copy._changes.AddRange(_changes);
            copy._corrections.AddRange(_corrections);
            copy.Current = Current;
            foreach (var (device, timeline) in _timelines)
            {
                copy._timelines.Add(device, timeline.Copy());
            }

            return copy;
        }

        foreach (var change in _changes)
        {
            if (change.LogAddress >= logAddress)
            {
                break;
            }

            // Through a census of its own, as applying makes look-ups that the kept ones are kept without.
            copy.Apply(change.LogAddress, change.From, change.Census.Sharing(change.Census), change.Note);
        }

        return copy;
    }

    /// <summary>
    /// To whom this device belonged at this time. Before the first census a device is unassigned; a device at an empty bed is its own patient, in that bed.
    /// Allocates nothing but for a device met for the first time.
    /// </summary>
    public Assignment AssignmentOf(string device, Instant at)
    {
        if (_timelines.TryGetValue(device, out var timeline))
        {
            return timeline.At(at);
        }

        if (!_strangers.TryGetValue(device, out var assignment))
        {
            assignment = Assignment.Unassigned(device);
            if (_strangers.Count < StrangersAtMost)
            {
                _strangers.Add(device, assignment);
            }
        }

        return assignment;
    }

    /// <summary>The bed in which a patient lay at a time, as far as it is known; null if in none. Looks through the censuses: for what happens now and then.</summary>
    public Bed? BedOf(string patient, Instant at)
    {
        for (var index = _changes.Count - 1; index >= 0; index--)
        {
            if (_changes[index].From <= at)
            {
                return _changes[index].Census.Beds.FirstOrDefault(bed => bed.Patient == patient);
            }
        }

        return null;
    }

    private void ForgetOldest()
    {
        _corrections.RemoveAll(correction => correction.LogAddress == _changes[0].LogAddress);
        _changes.RemoveAt(0);
        var earliest = _changes.Min(change => change.From);
        foreach (var (device, timeline) in _timelines)
        {
            timeline.Forget(earliest);
            if (timeline.IsEmpty)
            {
                _timelines.Remove(device);
            }
        }
    }
}
