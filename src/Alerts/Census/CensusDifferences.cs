using System.Collections.Immutable;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>Says in words what makes one census another: a patient or a device that went elsewhere is one difference, not one of each bed.</summary>
internal sealed class CensusDifferences
{
    private readonly WardCensus _before;
    private readonly WardCensus _after;
    private readonly BedNames _names;
    private readonly List<string> _found = [];

    private CensusDifferences(WardCensus before, WardCensus after)
    {
        _before = before;
        _after = after;
        _names = new BedNames(before, after);
    }

    /// <summary>The differences, a sentence without its full stop each; none where both say the same.</summary>
    public static IReadOnlyList<string> Between(WardCensus before, WardCensus after)
    {
        var differences = new CensusDifferences(before, after);
        differences.FindBeds();
        differences.FindPatients();
        differences.FindDevices();
        return differences._found;
    }

    /// <summary>The first of them in one line.</summary>
    public static string InShort(WardCensus before, WardCensus after)
    {
        const int Told = 3;
        var all = Between(before, after);
        return all.Count == 0 ? "nothing changed" : string.Join("; ", all.Take(Told)) + (all.Count > Told ? FormattableString.Invariant($"; and {all.Count - Told} more") : "");
    }

    private static Dictionary<(string Ward, string Id), Bed> ByPlace(WardCensus census) => census.Beds.ToDictionary(bed => (bed.Ward, bed.Id));

    private static Dictionary<string, Bed> ByPatient(WardCensus census) =>
        census.Beds.Where(bed => bed.Patient is not null).ToDictionary(bed => bed.Patient!, StringComparer.Ordinal);

    private void FindBeds()
    {
        var (before, after) = (ByPlace(_before), ByPlace(_after));
        _found.AddRange(_after.Beds.Where(bed => !before.ContainsKey((bed.Ward, bed.Id))).Select(bed => $"{_names.Of(bed)}: new bed"));
        _found.AddRange(_before.Beds.Where(bed => !after.ContainsKey((bed.Ward, bed.Id))).Select(bed => $"{_names.Of(bed)}: the bed is gone"));
        var kept = _before.Beds.Select(bed => (bed.Ward, bed.Id)).Where(after.ContainsKey);
        if (!kept.SequenceEqual(_after.Beds.Select(bed => (bed.Ward, bed.Id)).Where(before.ContainsKey)))
        {
            _found.Add("the beds stand in another order");
        }

        foreach (var bed in _after.Beds.Where(bed => bed.Patient is null))
        {
            if (before.TryGetValue((bed.Ward, bed.Id), out var old) && old.Patient is null)
            {
                FindOfPatient(_names.Of(bed), old, bed);
            }
        }
    }

    private void FindPatients()
    {
        var (before, after) = (ByPatient(_before), ByPatient(_after));
        foreach (var bed in _before.Beds.Where(bed => bed.Patient is not null && !after.ContainsKey(bed.Patient)))
        {
            _found.Add($"{_names.Of(bed)}: {bed.Patient} discharged");
        }

        foreach (var bed in _after.Beds.Where(bed => bed.Patient is not null))
        {
            if (!before.TryGetValue(bed.Patient!, out var old))
            {
                _found.Add($"{_names.Of(bed)}: {bed.Patient} admitted");
                continue;
            }

            if ((old.Ward, old.Id) != (bed.Ward, bed.Id))
            {
                _found.Add($"{bed.Patient} {_names.FromTo(old, bed)}");
            }

            FindOfPatient(bed.Patient!, old, bed);
        }
    }

    private void FindOfPatient(string who, Bed old, Bed present)
    {
        FindWords(who, "expected", old.Monitored, present.Monitored);
        FindWords(who, "tags", old.Tags, present.Tags);
        if (old.Population != present.Population)
        {
            _found.Add($"{who}: counts among {Named(present.Population)} (was {Named(old.Population)})");
        }
    }

    private void FindWords(string who, string what, ImmutableArray<string> old, ImmutableArray<string> present)
    {
        if (!old.SequenceEqual(present))
        {
            _found.Add($"{who}: {what} {Listed(present)} (was {Listed(old)})");
        }
    }

    private void FindDevices()
    {
        foreach (var device in _before.Devices.Union(_after.Devices, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            switch (_before.BedOf(device), _after.BedOf(device))
            {
                case (null, { } to):
                    _found.Add($"{device} to {_names.Of(to)}");
                    break;
                case ({ } from, null):
                    _found.Add($"{device} away from {_names.Of(from)}");
                    break;
                case ({ } from, { } to) when (from.Ward, from.Id) != (to.Ward, to.Id):
                    _found.Add($"{device} {_names.FromTo(from, to)}");
                    break;
            }
        }

        var before = ByPlace(_before);
        foreach (var bed in _after.Beds)
        {
            if (before.TryGetValue((bed.Ward, bed.Id), out var old) && !old.Devices.Where(bed.Devices.Contains).SequenceEqual(bed.Devices.Where(old.Devices.Contains)))
            {
                _found.Add($"{_names.Of(bed)}: devices preferred in the order {Listed(bed.Devices)} (was {Listed(old.Devices)})");
            }
        }
    }

    private static string Listed(ImmutableArray<string> words) => words.IsEmpty ? "nothing" : string.Join(", ", words);

    private static string Named(string population) => population.Length == 0 ? "nobody knows whom" : population;
}
