using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Entries;

/// <summary>
/// What an event of an alert says to people. Changes of values and words alone, and a condition that wavers, are in the events of the episode but not in
/// the timeline: who takes over a shift looks for what was raised, answered and over.
/// </summary>
internal static class AlertEventEntries
{
    /// <summary>The entries of an event; none where it is of no interest to people.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="last">The event of the same episode before it; null where none is known.</param>
    public static IReadOnlyList<ArchiveEntry> Make(AlertEvent happened, AlertEvent? last)
    {
        if (!happened.IsShown)
        {
            return [];
        }

        var entries = new List<ArchiveEntry>();
        if (WordsOf(happened, last?.Status) is var (kind, words))
        {
            entries.Add(Entry(happened, kind, words));
        }

        if (happened.Change != AlertChange.Announced && SilenceOf(happened, last?.Status) is { } silence)
        {
            entries.Add(Entry(happened, TimelineKind.Silence, silence));
        }

        return entries;
    }

    private static (TimelineKind Kind, string Words)? WordsOf(AlertEvent happened, AlertStatus? last)
    {
        var status = happened.Status;
        return happened.Change switch
        {
            AlertChange.Acknowledged => (TimelineKind.Acknowledgement, AcknowledgementOf(happened)),
            AlertChange.Announced => (TimelineKind.Alert, Sentence.Of($"{status.Alert} calls now", "", WhyOf(happened))),
            AlertChange.Rearmed => (TimelineKind.Acknowledgement, Sentence.Of($"{status.Alert} {(status.Calls ? "calls again" : "is no longer acknowledged")}", "", WhyOf(happened))),
            AlertChange.Silenced or AlertChange.SilenceEnded => null, // Told below, whatever the change is called.
            AlertChange.Moved or AlertChange.Held or AlertChange.Released => null, // The census and the care of the patient tell of it.
            AlertChange.Entered when StateOf(happened) is { } words => (TimelineKind.Alert, words),
            _ when last is not null && last.State != AlertState.Pending => ChangeOf(status, last),
            _ => null,
        };
    }

    private static string? StateOf(AlertEvent happened)
    {
        var status = happened.Status;
        return (happened.Previous, status.State) switch
        {
            (AlertState.Unknown or AlertState.Pending, AlertState.Active or AlertState.Clearing) => Sentence.Of(status.Alert + " raised" + HeldBack(status), "", status.Reason),
            (AlertState.Latched, AlertState.Active or AlertState.Clearing) => Sentence.Of($"{status.Alert} is back{HeldBack(status)}", "", status.Reason),
            (_, AlertState.Latched) => Sentence.Of($"{status.Alert} is over and waits for an acknowledgement", "", status.Reason),
            (_, AlertState.Ended) => Sentence.Of($"{status.Alert} ended", happened.By, status.Reason),
            _ => null,
        };
    }

    private static string AcknowledgementOf(AlertEvent happened)
    {
        var status = happened.Status;
        var words = Sentence.Of($"{status.Alert} acknowledged", happened.By, status.Acknowledgement?.Note ?? "");
        return status.State == AlertState.Ended ? words + "; it has ended" : words;
    }

    private static (TimelineKind Kind, string Words)? ChangeOf(AlertStatus status, AlertStatus last)
    {
        if (status.Priority != last.Priority)
        {
            var way = status.Priority > last.Priority ? "rises" : "falls";
            return (TimelineKind.Alert, Sentence.Of($"{status.Alert} {way} from {AlertWords.Of(last.Priority)} to {AlertWords.Of(status.Priority)}", "", status.Reason));
        }

        if (status.Orphaned && !last.Orphaned)
        {
            return (TimelineKind.Alert, Sentence.Of($"{status.Alert} stays, but no rule looks after it", "", status.Reason));
        }

        return status.Suppressed && !last.Suppressed ? (TimelineKind.Alert, $"{status.Alert} is held back by {status.SuppressedBy}") : null;
    }

    private static string WhyOf(AlertEvent happened) => happened.Why.Length > 0 ? happened.Why : happened.Status.Reason;

    private static string? SilenceOf(AlertEvent happened, AlertStatus? last)
    {
        var status = happened.Status;
        if (status.Silence is { } silence)
        {
            return silence == last?.Silence
                ? null
                : Sentence.Of($"{status.Alert} silenced for {OrderWords.Span(silence.Until - silence.At)}", silence.By, silence.Reason);
        }

        return last?.Silence is not null && status.State != AlertState.Ended ? Sentence.Of($"{status.Alert} is no longer silenced", "", happened.Why) : null;
    }

    private static string HeldBack(AlertStatus status) => status switch
    {
        { Hold: PatientHold.Pause } => " during a care pause",
        { Hold: PatientHold.Standby } => " while in standby",
        { Suppressed: true } => $", held back by {status.SuppressedBy}",
        _ => "",
    };

    private static ArchiveEntry Entry(AlertEvent happened, TimelineKind kind, string words)
    {
        var status = happened.Status;
        return new ArchiveEntry(
            new TimelineEntry(happened.Time, kind, status.Ward, status.Bed, status.Patient, happened.By, words, AlertWords.Of(status.Priority), status.Episode),
            happened.PreviousWard);
    }
}
