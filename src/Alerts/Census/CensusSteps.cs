using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>The steps by which a census came to be (the censuses in the order of the log), as people see them, and how one of them is undone.</summary>
internal sealed class CensusSteps
{
    private const int Shown = 100;

    private readonly IReadOnlyList<CensusChange> _changes;

    // The log addresses of the steps that count no more. What undid them changes nothing either, beside them.
    private readonly HashSet<long> _undone = [];

    public CensusSteps(IReadOnlyList<CensusChange> changes)
    {
        _changes = changes;
        for (var index = changes.Count - 1; index >= 0; index--)
        {
            if (changes[index].Note?.Corrects is { } corrects && !_undone.Contains(changes[index].LogAddress))
            {
                _undone.Add(corrects);
            }
        }
    }

    /// <summary>The newest steps, newest first.</summary>
    public IReadOnlyList<CensusStep> Recent()
    {
        var steps = new List<CensusStep>();
        var touchedSince = new HashSet<string>(StringComparer.Ordinal);
        for (var index = _changes.Count - 1; index >= 0 && steps.Count < Shown; index--)
        {
            var touched = Touched(index);
            steps.Add(ToStep(index, mayBeUndone: IsOfPeople(index) && !IsUndone(index) && !touched.Overlaps(touchedSince)));
            if (Counts(index))
            {
                touchedSince.UnionWith(touched);
            }
        }

        return steps;
    }

    /// <summary>What undoes a step: who is where from then on, and from when. A census without its change, or why it cannot be.</summary>
    /// <param name="id">The log address of the step.</param>
    /// <param name="from">From when on the step held, and what undoes it will.</param>
    public CensusEdit Undo(long id, out Instant from)
    {
        from = default;
        var at = IndexOf(id);
        if (at < 0)
        {
            return CensusEdit.Unknown("There is no such change, or it is too old to be undone.");
        }

        from = _changes[at].From;
        if (!IsOfPeople(at))
        {
            return CensusEdit.Refused("It was not made at the board. Change the census file instead, or move the patients.");
        }

        if (IsUndone(at))
        {
            return CensusEdit.Refused("It was undone already.");
        }

        var touched = Touched(at);
        for (var later = _changes.Count - 1; later > at; later--)
        {
            if (Counts(later) && Touched(later).Overlaps(touched))
            {
                return CensusEdit.Refused($"It cannot be undone any more, since this came after it: {WordsOf(later)}. Undo that first.");
            }
        }

        return Without(at);
    }

    private CensusEdit Without(int at)
    {
        var before = _changes[at - 1].Census.Beds.ToDictionary(bed => (bed.Ward, bed.Id));
        var after = _changes[at].Census.Beds.ToDictionary(bed => (bed.Ward, bed.Id));
        try
        {
            var beds = _changes[^1].Census.Beds.Select(bed => before.TryGetValue((bed.Ward, bed.Id), out var old) && after.TryGetValue((bed.Ward, bed.Id), out var changed) && old != changed ? old : bed);
            return new CensusEdit(Orders.OrderOutcome.Done, $"undone: {WordsOf(at)}") { Census = new WardCensus([.. beds]), Kind = CensusNoteKind.Undo };
        }
        catch (ArgumentException fault)
        {
            return CensusEdit.Refused($"It cannot be undone as things are now. {fault.Message.Split(" (Parameter", 2)[0]}");
        }
    }

    private bool IsUndone(int index) => _undone.Contains(_changes[index].LogAddress);

    /// <summary>Whether it has an effect on what came after it: what was undone has none, and what undid it only took that back.</summary>
    private bool Counts(int index) => !IsUndone(index) && _changes[index].Note?.Corrects is null;

    /// <summary>What people do leaves the beds where they are; whatever brings beds or takes them away cannot be undone bed by bed.</summary>
    private bool IsOfPeople(int index) => index > 0 && _changes[index].Note is { By.Length: > 0, Kind: not (CensusNoteKind.Import or CensusNoteKind.Keep or CensusNoteKind.Unknown) };

    /// <summary>The beds, patients and devices of which a step has changed something.</summary>
    private HashSet<string> Touched(int index)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var before = (index > 0 ? _changes[index - 1].Census : WardCensus.Empty).Beds.ToDictionary(bed => (bed.Ward, bed.Id));
        foreach (var bed in _changes[index].Census.Beds)
        {
            before.Remove((bed.Ward, bed.Id), out var old);
            if (old != bed)
            {
                Touch(old, bed);
            }
        }

        foreach (var gone in before.Values)
        {
            Touch(gone, null);
        }

        return touched;

        void Touch(Bed? old, Bed? present)
        {
            var bed = (old ?? present)!;
            touched.Add($"bed {bed.Ward}/{bed.Id}");
            touched.UnionWith(new[] { old?.Patient, present?.Patient }.OfType<string>().Select(patient => "patient " + patient));
            var (devices, others) = (old?.Devices ?? [], present?.Devices ?? []);
            touched.UnionWith(devices.Except(others).Concat(others.Except(devices)).Select(device => "device " + device));
        }
    }

    private CensusStep ToStep(int index, bool mayBeUndone)
    {
        var change = _changes[index];
        return new CensusStep(change.LogAddress, change.Note?.At ?? change.From, change.From, change.Note?.By ?? "", WordsOf(index), change.Note?.Reason ?? "", mayBeUndone);
    }

    private string WordsOf(int index) => _changes[index].Note is { Words.Length: > 0 } note
        ? note.Words
        : CensusDifferences.InShort(index > 0 ? _changes[index - 1].Census : WardCensus.Empty, _changes[index].Census);

    private int IndexOf(long id)
    {
        for (var index = _changes.Count - 1; index >= 0; index--)
        {
            if (_changes[index].LogAddress == id)
            {
                return index;
            }
        }

        return -1;
    }
}
