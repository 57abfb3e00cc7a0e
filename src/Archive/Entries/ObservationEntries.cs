using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Entries;

/// <summary>What people measured or saw: at the time it was taken; a correction or retraction at the time it was made.</summary>
internal sealed class ObservationEntries : IEntryMaker
{
    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.Observation;

    /// <inheritdoc/>
    public IReadOnlyList<ArchiveEntry> Make(ArchiveRecord record, IPlaces places)
    {
        var read = ObservationRecord.Read(record.Body);
        var observation = read.Observation;
        var values = string.Join(", ", observation.Values.Select(TextOf));
        var isFirst = read.Before is null;
        var words = observation.Retracted is { } why
            ? Sentence.Of($"taken back: {values}", observation.By, why)
            : Sentence.Of(isFirst ? $"observed: {values}" : $"corrected to {values}{WasOf(read)}", observation.By, observation.Note);
        var time = isFirst ? observation.Taken : observation.Recorded;
        return [new ArchiveEntry(new TimelineEntry(time, TimelineKind.Observation, read.Ward, read.Bed, observation.Patient, observation.By, words, "", ""))];
    }

    private static string WasOf(ObservationRecord read) => read.Before is { Values.IsEmpty: false } before ? $" (was {string.Join(", ", before.Values.Select(TextOf))})" : "";

    /// <summary>A value with its name and unit. The record has neither; a signal that is not among the shipped ones is told by its id.</summary>
    private static string TextOf(ObservedValue value)
    {
        if (ShippedRules.SignalCatalogue.Find(value.Signal) is not { } signal)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Signal} {value.Value}");
        }

        // A switch has a unit only where it was given a flow: "on", but "2 L/min".
        var hasUnit = signal.Form == SignalForm.Number || (signal.Form == SignalForm.Switch && value.Value is not (0 or 1));
        var unit = !hasUnit ? "" : signal.UnitShown.Length > 0 ? signal.UnitShown : signal.Unit;
        return $"{signal.Name} {ObservedSignal.TextOf(signal, value.Value)}" + (unit.Length > 0 ? " " + unit : "");
    }
}
