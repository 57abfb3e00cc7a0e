using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>Whether what a person has filled in can be recorded.</summary>
internal static class ObservationCheck
{
    private static readonly TimeSpan OldestAtMost = TimeSpan.FromHours(24);

    // A watch may be a little ahead.
    private static readonly TimeSpan AheadAtMost = TimeSpan.FromSeconds(60);

    /// <summary>All that is wrong, in sentences for the person; null for nothing.</summary>
    /// <param name="entry">What was filled in.</param>
    /// <param name="taken">When it was taken.</param>
    /// <param name="catalogue">The signals in force.</param>
    /// <param name="now">The present time.</param>
    /// <param name="formerTime">Of a correction, the time it had before, which it may keep however old it is.</param>
    public static string? FaultOf(ObservationEntry entry, Instant taken, SignalCatalogue catalogue, Instant now, Instant? formerTime)
    {
        var faults = new List<string>();
        if (taken - now > AheadAtMost)
        {
            faults.Add($"It cannot be taken in the future: that is {View.WardViewBuilder.InWords(taken - now)} ahead.");
        }
        else if (now - taken > OldestAtMost && taken != formerTime)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"It was taken more than {OldestAtMost.TotalHours} h ago: that is too old to be entered."));
        }

        if (entry.Values.IsDefaultOrEmpty)
        {
            faults.Add("It has no value. Enter at least one.");
            return string.Join(' ', faults);
        }

        var met = new HashSet<Signal>();
        foreach (var value in entry.Values)
        {
            if (catalogue.Find(value.Signal) is not { } signal)
            {
                faults.Add($"There is no signal '{Commands.AcknowledgementPayload.Safe(value.Signal)}'. There are: {string.Join(", ", catalogue.Signals.Where(known => !known.OfDevice).Select(known => known.Id))}.");
                break; // Once is enough for the list.
            }

            if (!met.Add(signal))
            {
                faults.Add($"{signal.Name} stands there twice. Enter it once.");
            }
            else if (ObservedSignal.FaultOf(signal, value.Value) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults.Count == 0 ? null : string.Join(' ', faults);
    }
}
