using System.Globalization;
using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Observations;

/// <summary>
/// Records observations. Nobody else appends such records, and the decision and the append are one step under one lock: so what stands in the log is decided,
/// and no consumer has to refuse anything.
/// </summary>
/// <param name="durableLog">Where they are recorded.</param>
/// <param name="processor">Who the patients are, and when the rules have followed.</param>
/// <param name="history">What is known; from here on owned by this.</param>
internal sealed class ObservationCommands(DurableLog durableLog, AlertProcessor processor, ObservationHistory history) : IObservations
{
    private readonly Lock _lock = new();
    private readonly Instant _started = Instant.Now(durableLog.Clock);
    private long _last;

    public Task<ObservationAnswer> RecordAsync(ObservationEntry entry, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return GiveAsync(
            () =>
            {
                var now = Instant.Now(durableLog.Clock);
                var (patient, taken) = (entry.Patient ?? "", entry.Taken ?? now);
                if (PlaceOf(patient, taken) is null)
                {
                    return new Decision(new ObservationAnswer(OrderOutcome.Unknown, $"There is no patient '{AcknowledgementPayload.Safe(patient)}' in the census.", null), null);
                }

                return ObservationCheck.FaultOf(entry, taken, Catalogue(), now, formerTime: null) is { } fault
                    ? Refused(fault, null)
                    : Decided(entry, patient, taken, now, by, string.Create(CultureInfo.InvariantCulture, $"o-{_started.UnixMilliseconds}-{++_last}"), before: null);
            },
            cancellation);
    }

    public Task<ObservationAnswer> CorrectAsync(string id, int revision, ObservationEntry entry, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return GiveAsync(
            () =>
            {
                if (Look(id, revision, out var known) is { } refused)
                {
                    return refused;
                }

                var before = known!.Observation;
                var now = Instant.Now(durableLog.Clock);
                if (entry.Patient is { } patient && patient != before.Patient)
                {
                    return Refused($"The observation is of {before.Patient}. Take it back, and enter it for {AcknowledgementPayload.Safe(patient)}.", before);
                }

                // Whether the patient is still here does not matter: a wrong value must not stand in the record because somebody has gone home.
                var taken = entry.Taken ?? before.Taken;
                return ObservationCheck.FaultOf(entry, taken, Catalogue(), now, before.Taken) is { } fault
                    ? Refused(fault, before)
                    : Decided(entry with { Note = entry.Note ?? before.Note }, before.Patient, taken, now, by, id, known);
            },
            cancellation);
    }

    public Task<ObservationAnswer> RetractAsync(string id, int revision, string reason, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return GiveAsync(
            () =>
            {
                if (Look(id, revision, out var known) is { } refused)
                {
                    return refused;
                }

                var why = AcknowledgementPayload.Safe(reason);
                if (why.Length == 0)
                {
                    return Refused("Say why it is taken back.", known!.Observation);
                }

                var observation = known!.Observation with { Revision = revision + 1, By = by, Recorded = Instant.Now(durableLog.Clock), Retracted = why };
                return new Decision(
                    new ObservationAnswer(OrderOutcome.Done, $"Taken back: {Words(Catalogue(), observation)}.", observation),
                    known with { Observation = observation, Before = known.Version });
            },
            cancellation);
    }

    public IReadOnlyList<Observation> Of(string patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        lock (_lock)
        {
            return [.. history.Of(patient).Select(record => record.Observation)];
        }
    }

    public IReadOnlyList<DueObservation> Due(string patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        lock (processor.Gate)
        {
            return processor.Host.DueObservations(patient, Instant.Now(durableLog.Clock));
        }
    }

    private async Task<ObservationAnswer> GiveAsync(Func<Decision> decide, CancellationToken cancellation)
    {
        Decision decision;
        Commit commit;
        Task consumed;
        string key;
        lock (_lock)
        {
            decision = decide();
            if (decision.Record is not { } record)
            {
                return decision.Answer;
            }

            key = AlertProcessor.KeyOf(record.Observation);
            consumed = processor.Consumed.Register(key);
            commit = durableLog.Append(RecordKind.Observation, ObservationTopic.Of(record.Observation.Patient), record.Write());
            history.TryApply(record);
        }

        try
        {
            await commit.Task.WaitAsync(cancellation).ConfigureAwait(false);
            await consumed.WaitAsync(cancellation).ConfigureAwait(false);
            return decision.Answer;
        }
        finally
        {
            processor.Consumed.Forget(key);
        }
    }

    /// <summary>What stops somebody who has seen one version of an observation from changing it; null for nothing.</summary>
    private Decision? Look(string id, int revision, out ObservationRecord? known)
    {
        known = history.Find(id);
        return known is null ? new Decision(new ObservationAnswer(OrderOutcome.Unknown, "There is no such observation, or it is too old to be changed.", null), null)
            : known.Observation.Retracted is not null && revision >= known.Observation.Revision
                ? Refused($"It was taken back by {known.Observation.By}. Enter it anew.", known.Observation)
            : known.Observation.Revision != revision
                ? new Decision(new ObservationAnswer(OrderOutcome.Stale, $"{known.Observation.By} has changed it meanwhile. Look at it again.", known.Observation), null)
            : null;
    }

    private Decision Decided(ObservationEntry entry, string patient, Instant asked, Instant now, string by, string id, ObservationRecord? before)
    {
        var catalogue = Catalogue();
        var taken = asked > now ? now : asked;
        while (history.IsTaken(patient, taken, butNowBy: id))
        {
            // Forms know minutes only. Each observation has rows of its own in the stores.
            taken += TimeSpan.FromMilliseconds(1);
        }

        // By id, whatever name the signal was entered by.
        var values = entry.Values.Select(value => value with { Signal = catalogue.Find(value.Signal)!.Id });
        var observation = new Observation(id, patient, taken, by, [.. values], AcknowledgementPayload.Safe(entry.Note ?? ""))
        {
            Revision = (before?.Observation.Revision ?? 0) + 1,
            Recorded = now,
        };
        var place = PlaceOf(patient, taken) ?? (before is null ? new AlertPlace(Readings.Census.Assignment.UnassignedWard, "") : new AlertPlace(before.Ward, before.Bed));
        var dropped = before?.Observation.Taken == taken
            ? before.Dropped.Concat(before.Observation.Values.Select(value => value.Signal)).Where(signal => !observation.Values.Any(value => value.Signal == signal)).Distinct(StringComparer.Ordinal)
            : [];
        return new Decision(
            new ObservationAnswer(OrderOutcome.Done, $"{(before is null ? "Recorded" : "Corrected")}: {Words(catalogue, observation)}.", observation),
            new ObservationRecord(observation, place.Ward, place.Bed, before?.Version) { Dropped = [.. dropped] });
    }

    private SignalCatalogue Catalogue()
    {
        lock (processor.Gate)
        {
            return processor.Host.Rules?.Catalogue ?? ShippedRules.SignalCatalogue;
        }
    }

    private AlertPlace? PlaceOf(string patient, Instant at)
    {
        lock (processor.Gate)
        {
            return processor.Host.PlaceOf(patient, at);
        }
    }

    private static Decision Refused(string sentence, Observation? observation) => new(new ObservationAnswer(OrderOutcome.Refused, sentence, observation), null);

    private static string Words(SignalCatalogue catalogue, Observation observation) => string.Join(", ", observation.Values.Select(value =>
        catalogue.Find(value.Signal) is { } signal
            ? $"{signal.Name} {ObservedSignal.TextOf(signal, value.Value)}{Unit(signal, value.Value)}{(ObservedSignal.ToSignalValue(signal, value.Value).Quality == Quality.Valid ? "" : " (not plausible)")}"
            : value.Signal));

    private static string Unit(Signal signal, double value) =>
        (signal.UnitShown.Length > 0 ? signal.UnitShown : signal.Unit) is { Length: > 0 } unit && !(signal.Form == SignalForm.Switch && value is 0 or 1) ? " " + unit : "";

    /// <summary>What is answered, and what is recorded; nothing where it is refused.</summary>
    private sealed record Decision(ObservationAnswer Answer, ObservationRecord? Record);
}
