using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Ports;
using IoTGateway.Board.View;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Board.Api;

/// <summary>Puts what the gateway knows into the words of its HTTP interface.</summary>
internal static partial class ReplyMaker
{
    public static PatientReply Patient(WardSnapshot snapshot, TileView tile, IReadOnlyDictionary<string, EscalationStatus>? escalations = null)
    {
        var reason = Monitoring.Reason(snapshot, tile);
        return new PatientReply
        {
            Ward = tile.Ward,
            Bed = tile.Bed,
            Patient = tile.Patient,
            Monitored = reason is null && !Monitoring.IsEmpty(tile),
            NotMonitored = reason,
            Values = [.. tile.Values.Select(value => Value(value, snapshot.Time))],
            Alerts = [.. tile.Alerts.Select(alert => Alert(alert, escalations?.GetValueOrDefault(alert.Episode)))],
            Devices = [.. tile.Devices.Select(device => Device(tile, device, snapshot.Time))],
            Late = tile.Late,
            Care = Care(tile.Care),
            Score = tile.Score is { } score ? new ScoreReply(score.Name, score.Lowest, score.Highest, ScorePainter.Band(score)) : null,
            ScoresOff = tile.ScoresOff,
        };
    }

    public static AlertReply Alert(AlertStatus alert) => Alert(alert, escalation: null);

    public static AlertReply Alert(AlertStatus alert, EscalationStatus? escalation) => new()
    {
        Id = alert.Id,
        Episode = alert.Episode,
        Alert = alert.Alert,
        Patient = alert.Patient,
        Ward = alert.Ward,
        Bed = alert.Bed,
        Priority = AlertPainter.PriorityWord(alert.Priority),
        Kind = AlertPainter.KindWord(alert.Kind),
        State = AlertPainter.StateWord(alert.State),
        Acknowledged = alert.Acknowledgement is not null,
        Acknowledgement = alert.Acknowledgement is { } seen
            ? new AcknowledgementReply(seen.By, seen.At.ToString(), seen.Note.Length == 0 ? null : seen.Note)
            : null,
        Suppressed = alert.Suppressed,
        SuppressedBy = alert.Suppressed ? alert.SuppressedBy : null,
        Silenced = alert.Silenced,
        Silence = alert.Silence is { } silence ? new SilenceReply(silence.By, silence.Reason, silence.At.ToString(), silence.Until.ToString()) : null,
        Hold = Word(alert.Hold.ToString()),
        Calls = alert.Calls,
        CallsAgain = alert.ReAlarmAt?.ToString(),
        Escalation = escalation is null ? null : Escalation(escalation),
        Unverified = alert.Unverified,
        Since = alert.Since.ToString(),
        Changed = alert.Changed.ToString(),
        Value = alert.Value,
        Limit = alert.Limit,
        Message = alert.Message,
        Reason = alert.Reason,
        RuleSet = alert.RuleSet,
    };

    public static DeviceReply Device(TileView tile, DeviceView device, Instant now, DeviceDetails? details = null) => new()
    {
        Device = device.Device,
        Ward = tile.Ward,
        Bed = tile.Bed,
        Online = device.Online,
        LastReading = device.LastReading?.ToString(),
        SilentSeconds = device.LastReading is { } last ? Math.Max(0, (now - last).TotalSeconds) : null,
        BatteryPercent = Battery(tile) ?? details?.BatteryPercent,
        Firmware = details?.Firmware,
        ClockOffsetSeconds = details?.ClockOffset?.TotalSeconds,
        StateSince = details?.StateSince?.ToString(),
    };

    /// <summary>A device in the list of all: with the patient whom it measures, or with its own values where there is none.</summary>
    public static DeviceReply ListedDevice(TileView tile, DeviceView device, Instant now, DeviceDetails? details)
    {
        // Values do not say which device they come from: of several at one empty bed it is not known.
        var own = Monitoring.IsUnassigned(tile) || (tile.Patient is null && tile.Devices.Count == 1);
        return Device(tile, device, now, details) with
        {
            Patient = tile.Patient,
            Values = own ? [.. tile.Values.Where(value => !value.Signal.OfDevice).Select(value => Value(value, now))] : null,
        };
    }

    /// <summary>A device that has only said that it is there: nothing was ever measured by it, and it stands at no bed.</summary>
    public static DeviceReply SilentDevice(DeviceDetails details) => new()
    {
        Device = details.Device,
        Ward = Assignment.UnassignedWard,
        Bed = "",
        Online = details.Online,
        BatteryPercent = details.BatteryPercent,
        Firmware = details.Firmware,
        ClockOffsetSeconds = details.ClockOffset?.TotalSeconds,
        StateSince = details.StateSince?.ToString(),
        Values = [],
    };

    private static ValueReply Value(LatestValue value, Instant now)
    {
        var absent = value.Quality == Quality.NoValue || !double.IsFinite(value.Value);
        return new ValueReply
        {
            Signal = value.Signal.Id,
            Name = value.Signal.Name,
            Value = absent ? null : value.Value,
            Text = absent ? ValueReading.NoNumber : ValueReading.TextOf(value.Signal, value.Value),
            Unit = value.Signal.Unit,
            UnitShown = ValueReading.UnitOf(value.Signal),
            Quality = value.Quality switch { Quality.Valid => "valid", Quality.Questionable => "questionable", _ => "noValue" },
            State = ValueReading.StateOf(value, now) switch
            {
                CellState.Fresh => "fresh",
                CellState.Stale => "stale",
                CellState.Expired => "expired",
                _ => "none",
            },
            Time = value.Time.ToString(),
            AgeSeconds = Math.Max(0, (now - value.Time).TotalSeconds),
        };
    }

    // Values do not say which device they come from: only where one device stands at the bed is it known whose battery it is.
    private static double? Battery(TileView tile)
    {
        var battery = tile.Values.FirstOrDefault(value => value.Signal is { OfDevice: true, Id: ShownSignals.Battery });
        return battery.Signal is null || tile.Devices.Count != 1 || !double.IsFinite(battery.Value) ? null : battery.Value;
    }
}
