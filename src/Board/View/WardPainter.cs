using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Board.Api;
using IoTGateway.Board.Http;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.View;

/// <summary>Turns a snapshot of the wards into what the page shows. Remembers what a snapshot does not tell (since when the rule files are wrong, the last numbers); used by the feed's thread alone.</summary>
internal sealed class WardPainter(SiteClock clock, AssetStore assets, IOptions<BoardOptions> options, IHistory? history = null, IEscalations? notifications = null)
{
    private const int UrgentMost = 12;
    /// <summary>The band of errors must not push patients off the screen; all of them are at /api/rules and told by <c>rules check</c>.</summary>
    private const int RuleErrorsMost = 2;
    private const int RuleSetShownLength = 8;

    private static readonly string[] Priorities = ["high", "medium", "low"];

    private readonly LastNumbers _lastNumbers = new();
    private readonly bool _history = history is not null;
    private readonly ScoreTrends _trends = new();
    private IReadOnlyDictionary<string, EscalationStatus> _escalations = new Dictionary<string, EscalationStatus>();
    private RestartGap? _gap;
    private bool _begun;
    private Instant? _ruleErrorsSince;

    /// <summary>The board at the moment of the snapshot.</summary>
    public WardPicture Paint(WardSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!_begun)
        {
            _begun = true;
            _gap = RestartGap.Of(snapshot);
        }

        _lastNumbers.BeginRound();
        _trends.BeginRound();
        _escalations = Escalations.Of(notifications);
        var beds = snapshot.Tiles.Select((tile, place) => Bed(snapshot, tile, place)).ToList();
        return new WardPicture(Header(snapshot, beds), beds);
    }

    private BedView Bed(WardSnapshot snapshot, TileView tile, int place)
    {
        var now = snapshot.Time;
        var empty = Monitoring.IsEmpty(tile);
        var unassigned = Monitoring.IsUnassigned(tile);
        var device = tile.Devices.Count > 0 ? tile.Devices[0].Device : null;
        var title = unassigned ? device ?? tile.Patient ?? "device" : tile.Bed;
        var identity = string.Join('\u001f', tile.Ward, tile.Bed, tile.Patient ?? device);
        var shown = tile.Alerts.Where(alert => alert.State is AlertState.Active or AlertState.Clearing or AlertState.Latched).ToList();
        var calling = shown.Where(AlertPainter.Calls).Select(alert => (AlertPriority?)alert.Priority).Max();
        return new BedView
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"{place}\u001f{tile.Ward}\u001f{title}"),
            Ward = tile.Ward,
            Unassigned = unassigned,
            Title = title,
            Patient = unassigned ? null : tile.Patient,
            Subject = tile.Patient ?? device ?? title,
            Empty = empty,
            NotMonitored = Monitoring.Reason(snapshot, tile),
            Attention = calling is { } priority ? AlertPainter.PriorityWord(priority) : "none",
            Cells = new CellPainter(tile, identity, now, clock, _lastNumbers, _gap).Paint(fixedPlaces: !empty && !unassigned),
            Alerts = [.. shown.Select(alert => AlertPainter.Paint(alert, _escalations.GetValueOrDefault(alert.Episode), clock, now))],
            Devices = [.. tile.Devices.Select(each => Chip(each, now))],
            Battery = Battery(tile, now),
            Late = tile.Late,
            ScoresOff = tile.ScoresOff,
            Care = CarePainter.Paint(tile.Care, clock, now),
            Score = tile.Score is { } score
                ? new TileScore(score.Name, ScorePainter.Total(score), ScorePainter.Band(score), _trends.Note(identity, score, now), score.Lowest)
                : null,
        };
    }

    private DeviceChip Chip(DeviceView device, Instant now)
    {
        var last = device.LastReading is { } time ? $", last {clock.Short(time, now)}" : ", no reading yet";
        return device.Online switch
        {
            true => new DeviceChip(device.Device, true, device.LastReading is null ? "online" + last : "online"),
            false => new DeviceChip(device.Device, false, "offline" + last),
            null => new DeviceChip(device.Device, null, device.LastReading is null ? "no reading yet" : "connection unknown"),
        };
    }

    private static string? Battery(TileView tile, Instant now)
    {
        var battery = tile.Values.FirstOrDefault(value => value.Signal is { OfDevice: true, Id: ShownSignals.Battery });
        return battery.Signal is null || ValueReading.StateOf(battery, now) is not (CellState.Fresh or CellState.Stale)
            ? null
            : "battery " + ValueReading.WithUnit(ValueReading.TextOf(battery.Signal, battery.Value), ValueReading.UnitOf(battery.Signal));
    }

    private HeaderView Header(WardSnapshot snapshot, List<BedView> beds)
    {
        var alerts = beds.SelectMany(bed => bed.Alerts).ToList();
        var urgent = Urgent(beds);
        return new HeaderView
        {
            Time = snapshot.Time.UnixMilliseconds,
            Clock = clock.Clock(snapshot.Time),
            Date = clock.Date(snapshot.Time),
            Zone = clock.ZoneName,
            Title = Title(beds),
            High = alerts.Count(alert => alert.Priority == "high"),
            Medium = alerts.Count(alert => alert.Priority == "medium"),
            Low = alerts.Count(alert => alert.Priority == "low"),
            Calling = alerts.Count(alert => alert.Calls),
            NotMonitored = beds.Count(bed => bed.NotMonitored is not null && bed.Care?.StandbyUntil is null),
            Urgent = [.. urgent.Take(UrgentMost)],
            UrgentMore = Math.Max(0, urgent.Count - UrgentMost),
            Attention = AttentionOf(alerts),
            NobodyReached = alerts.Count(alert => alert.NobodyReached),
            Troubles = [.. Troubles(snapshot, beds)],
            RuleErrors = RuleErrors(snapshot),
            RuleSet = snapshot.RuleSet.Length > RuleSetShownLength ? snapshot.RuleSet[..RuleSetShownLength] : snapshot.RuleSet,
            History = _history,
            Build = assets.Build,
        };
    }

    private string Title(List<BedView> beds)
    {
        var wards = beds.Where(bed => !bed.Unassigned).Select(bed => bed.Ward).Distinct(StringComparer.Ordinal).ToList();
        return wards.Count is 0 or > 3 ? options.Value.DisplayName : string.Join(" · ", wards);
    }

    private static List<UrgentView> Urgent(List<BedView> beds) =>
        [.. beds
            .SelectMany(bed => bed.Alerts.Select(alert => (bed, alert)))
            .Where(pair => pair.alert.Priority is "high" or "medium")
            .OrderBy(pair => pair.alert.Priority == "high" ? 0 : 1)
            .ThenByDescending(pair => pair.alert.Calls)
            .ThenByDescending(pair => pair.bed.Score?.Total ?? -1)
            .ThenBy(pair => pair.alert.Technical)
            .ThenBy(pair => pair.alert.Since)
            .Select(pair => new UrgentView(
                pair.bed.Key,
                pair.bed.Title,
                pair.alert.Episode,
                pair.alert.Priority,
                pair.alert.Mark,
                pair.alert.Comparison is { } comparison ? $"{pair.alert.Name} {comparison}" : pair.alert.Name,
                pair.alert.Since,
                pair.alert.Calls,
                NoteOf(pair.alert)))];

    private static string? NoteOf(AlertView alert) =>
        alert.NobodyReached ? "NOBODY REACHED" : alert.Acknowledged is not null ? "acknowledged" : alert.Silence is not null ? "silenced" : alert.Calls ? null : "held back";

    private static string AttentionOf(List<AlertView> alerts) =>
        Priorities.FirstOrDefault(priority => alerts.Any(alert => alert.Calls && alert.Priority == priority)) ?? "none";

    private IEnumerable<string> Troubles(WardSnapshot snapshot, List<BedView> beds)
    {
        foreach (var trouble in Monitoring.Troubles(snapshot))
        {
            yield return "NOT MONITORED: " + trouble;
        }

        // Told for as long as anything on the board is from before it.
        if (_gap is { } gap && beds.Any(bed => bed.Cells.Any(cell => cell.State == CellState.Stale && cell.Time < gap.To.UnixMilliseconds && cell.Note?.Contains("restart", StringComparison.Ordinal) == true)))
        {
            yield return $"The gateway was started at {clock.Exact(gap.To, snapshot.Time)} and had heard nothing since {clock.Exact(gap.From, snapshot.Time)}. Grey values are from before.";
        }

        foreach (var trouble in notifications?.Troubles ?? [])
        {
            yield return trouble;
        }

        foreach (var note in snapshot.RuleNotes)
        {
            yield return note;
        }

        if (snapshot.RuleErrors.Count == 0)
        {
            _ruleErrorsSince = null;
            yield break;
        }

        _ruleErrorsSince ??= snapshot.Time;
        yield return $"The rule files are invalid since {clock.Exact(_ruleErrorsSince.Value, snapshot.Time)}. "
            + (snapshot.RuleSet.Length == 0 ? "No rules are in force." : "The last good rules stay in force.");
    }

    /// <summary>The first lines of the first errors; the source line and the caret below them are for the operator's terminal.</summary>
    private static IReadOnlyList<string> RuleErrors(WardSnapshot snapshot) =>
        snapshot.RuleErrors.Count <= RuleErrorsMost
            ? [.. snapshot.RuleErrors.Select(FirstLine)]
            : [.. snapshot.RuleErrors.Take(RuleErrorsMost).Select(FirstLine), string.Create(CultureInfo.InvariantCulture, $"and {snapshot.RuleErrors.Count - RuleErrorsMost} more (run: iotgateway rules check)")];

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
