using System.Collections.Immutable;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>Makes another census of one, as a person orders it. Pure: the same census and order give the same answer.</summary>
/// <param name="census">Who is where.</param>
/// <param name="imported">The census file that came into force last: what it expects at a bed counts there until somebody says otherwise. Null for none.</param>
/// <param name="catalogue">The signals that can be expected.</param>
internal sealed class CensusEditor(WardCensus census, WardCensus? imported, SignalCatalogue catalogue)
{
    private readonly BedNames _names = new(census);

    /// <summary>Carries an order out.</summary>
    public CensusEdit Apply(CensusOrder order) => order switch
    {
        AdmitPatient admission => Admit(admission),
        TransferPatient transfer => Transfer(transfer),
        DischargePatient discharge => Discharge(discharge),
        MoveDevice move => Move(move),
        ChangePatient change => Change(change),
        _ => throw new ArgumentException($"The order {order.GetType().Name} is not known.", nameof(order)),
    };

    private CensusEdit Admit(AdmitPatient order)
    {
        if (FreeBed(order.Ward, order.Bed, out var bed) is { } fault)
        {
            return fault;
        }

        if (LevelName.FaultOf(order.Patient) is { } wrong)
        {
            return CensusEdit.Refused($"The patient's id {wrong}.");
        }

        if (BedOf(order.Patient) is { } other)
        {
            return CensusEdit.Refused($"{order.Patient} lies in {_names.Of(other)} already. To bring the patient to {_names.Of(bed!)}, transfer {order.Patient}.");
        }

        var tags = order.Tags.IsDefault ? [] : order.Tags;
        if (FaultOf(tags, order.Population) is { } unusable)
        {
            return CensusEdit.Refused(unusable);
        }

        var admitted = bed! with { Patient = order.Patient, Tags = tags, Population = order.Population.Length > 0 ? order.Population : bed.Population };
        return Done(CensusNoteKind.Admit, $"{order.Patient} admitted to {_names.Of(bed)}", admitted);
    }

    private CensusEdit Transfer(TransferPatient order)
    {
        if (BedOf(order.Patient) is not { } old)
        {
            return NoPatient(order.Patient);
        }

        if ((old.Ward, old.Id) == (order.Ward, order.Bed))
        {
            return CensusEdit.Refused($"{order.Patient} lies in {_names.Of(old)} already.");
        }

        if (FreeBed(order.Ward, order.Bed, out var to) is { } fault)
        {
            return fault;
        }

        // What was decided for the patient goes along; what is only the custom of the old bed gives way to that of the new one.
        var (usual, usualThere) = (Emptied(old), Emptied(to!));
        var arrived = to! with
        {
            Patient = order.Patient,
            Tags = old.Tags,
            Population = old.Population.Length > 0 ? old.Population : usualThere.Population,
            Monitored = old.Monitored.SequenceEqual(usual.Monitored) ? usualThere.Monitored : old.Monitored,
        };
        return Done(CensusNoteKind.Transfer, $"{order.Patient} moved {_names.FromTo(old, to)}", usual, arrived);
    }

    private CensusEdit Discharge(DischargePatient order) => BedOf(order.Patient) is not { } old
        ? NoPatient(order.Patient)
        : Done(CensusNoteKind.Discharge, $"{order.Patient} discharged from {_names.Of(old)}", Emptied(old));

    private CensusEdit Move(MoveDevice order)
    {
        if (LevelName.FaultOf(order.Device) is { } wrong)
        {
            return CensusEdit.Refused($"The device's name {wrong}.");
        }

        var old = census.BedOf(order.Device);
        if (order.Ward.Length == 0 && order.Bed.Length == 0)
        {
            return old is null
                ? CensusEdit.Refused($"{order.Device} stands at no bed already.")
                : Done(CensusNoteKind.Device, $"{order.Device} taken away from {_names.Of(old)}", old with { Devices = old.Devices.Remove(order.Device) });
        }

        if (Find(order.Ward, order.Bed) is not { } to)
        {
            return NoBed(order.Ward, order.Bed);
        }

        if (old is null)
        {
            return Done(CensusNoteKind.Device, $"{order.Device} put to {_names.Of(to)}", to with { Devices = to.Devices.Add(order.Device) });
        }

        return old == to
            ? CensusEdit.Refused($"{order.Device} stands at {_names.Of(to)} already.")
            : Done(
                CensusNoteKind.Device, $"{order.Device} moved {_names.FromTo(old, to)}",
                old with { Devices = old.Devices.Remove(order.Device) }, to with { Devices = to.Devices.Add(order.Device) });
    }

    private CensusEdit Change(ChangePatient order)
    {
        if (BedOf(order.Patient) is not { } bed)
        {
            return NoPatient(order.Patient);
        }

        var monitored = ImmutableArray.CreateBuilder<string>();
        foreach (var name in order.Monitored ?? bed.Monitored)
        {
            if (catalogue.Find(name) is not { } signal)
            {
                return CensusEdit.Refused($"There is no signal '{Commands.AcknowledgementPayload.Safe(name)}'. There are: {OfPatients()}.");
            }

            // What stands there already from an older census must not keep a person from changing something else.
            if (signal.OfDevice && order.Monitored is not null)
            {
                return CensusEdit.Refused($"{signal.Name} tells of the device, not of the patient: it cannot be monitored. What can: {OfPatients()}.");
            }

            if (!monitored.Contains(signal.Id))
            {
                monitored.Add(signal.Id);
            }
        }

        var (tags, population) = (order.Tags ?? bed.Tags, order.Population ?? bed.Population);
        if (FaultOf(tags, population) is { } unusable)
        {
            return CensusEdit.Refused(unusable);
        }

        var changed = bed with { Monitored = monitored.ToImmutable(), Tags = [.. tags.Distinct(StringComparer.Ordinal)], Population = population };
        return changed == bed
            ? new CensusEdit(OrderOutcome.Done, $"Nothing is new of {order.Patient}")
            : Done(CensusNoteKind.Patient, string.Join("; ", CensusDifferences.Between(census, With(changed))), changed);
    }

    private string OfPatients() => string.Join(", ", catalogue.Signals.Where(signal => !signal.OfDevice).Select(signal => signal.Id));

    /// <summary>A bed as it is without a patient: what the census file expects of it counts again.</summary>
    private Bed Emptied(Bed bed)
    {
        var usual = imported?.Beds.FirstOrDefault(other => (other.Ward, other.Id) == (bed.Ward, bed.Id)) ?? bed;
        return bed with { Patient = null, Tags = [], Population = usual.Population, Monitored = usual.Monitored };
    }

    private static string? FaultOf(ImmutableArray<string> tags, string population)
    {
        foreach (var tag in tags)
        {
            if (LevelName.FaultOf(tag) is { } wrong)
            {
                return $"A tag {wrong}.";
            }
        }

        return population.Length == 0 || PopulationWord.All.Contains(population) ? null : $"The population must be one of {string.Join(", ", PopulationWord.All)}, or empty where nobody knows.";
    }

    private CensusEdit? FreeBed(string ward, string id, out Bed? bed)
    {
        bed = Find(ward, id);
        return bed is null ? NoBed(ward, id) : bed.Patient is { } there ? CensusEdit.Refused($"{_names.Of(bed)} is not free: {there} lies there.") : null;
    }

    private Bed? Find(string ward, string id) => census.Beds.FirstOrDefault(bed => bed.Ward == ward && bed.Id == id);

    private Bed? BedOf(string patient) => census.Beds.FirstOrDefault(bed => bed.Patient == patient);

    private CensusEdit NoBed(string ward, string id)
    {
        var free = census.Beds.Where(bed => bed.Ward == ward).Select(bed => bed.Id).ToList();
        return CensusEdit.Unknown(free.Count == 0
            ? $"There is no ward '{ward}' with beds. Wards and beds come from the census file."
            : $"There is no bed '{id}' in the ward '{ward}'. There are: {string.Join(", ", free)}.");
    }

    private static CensusEdit NoPatient(string patient) => CensusEdit.Unknown($"There is no patient '{patient}' in the census.");

    private WardCensus With(params ReadOnlySpan<Bed> changed)
    {
        var beds = census.Beds;
        foreach (var bed in changed)
        {
            beds = beds.SetItem(beds.IndexOf(Find(bed.Ward, bed.Id)!), bed);
        }

        return new WardCensus(beds);
    }

    private CensusEdit Done(CensusNoteKind kind, string words, params ReadOnlySpan<Bed> changed)
    {
        try
        {
            return new CensusEdit(OrderOutcome.Done, words) { Census = With(changed), Kind = kind };
        }
        catch (ArgumentException fault)
        {
            // A patient with the name of a device at another bed, for example.
            return CensusEdit.Refused(fault.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
