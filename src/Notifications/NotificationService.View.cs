using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications;

/// <content>What people see.</content>
public sealed partial class NotificationService
{
    private const string MqttConsumer = "mqtt-alerts";

    private readonly Func<IReadOnlyCollection<string>> _censusWards;
    private readonly Lock _gapsGate = new();
    private (NotificationPlan? Plan, IReadOnlyCollection<AlertRule>? Rules, string Wards) _gapsOf;
    private IReadOnlyList<Diagnostic> _gaps = [];

    /// <inheritdoc/>
    public long Version
    {
        get
        {
            lock (_escalator.Gate)
            {
                return _escalator.Ledger.Version;
            }
        }
    }

    /// <summary>Why people cannot rely on being told: an hour in which nobody is there for high alerts, files of which none ever were in force. In sentences.</summary>
    public IReadOnlyList<string> NotReady
    {
        get
        {
            List<string> reasons = [.. Gaps().Where(gap => gap.IsError).Select(SentenceOf)];
            if (_escalator.PlanTrouble.Length > 0)
            {
                reasons.Add(_escalator.PlanTrouble);
            }
            else if (_escalator.Plan is null && _fileErrors.Count > 0)
            {
                reasons.Add($"There are no valid notification rules, so nobody is paged: {FirstLine(_fileErrors[0])}");
            }

            return reasons;
        }
    }

    /// <summary>What is wrong but leaves the last good state at work, in sentences.</summary>
    public IReadOnlyList<string> Degraded
    {
        get
        {
            List<string> reasons = [.. Gaps().Where(gap => !gap.IsError).Select(SentenceOf)];
            if (_escalator.Plan is not null && _fileErrors.Count > 0)
            {
                reasons.Add($"The roster or the notification rules are invalid; the last good ones stay in force: {FirstLine(_fileErrors[0])}");
            }

            reasons.AddRange(_channels.NotOpened.Select(pair => $"The channel '{pair.Key}' cannot be opened: {pair.Value}"));
            reasons.AddRange(Channels.Where(channel => channel.Reason.Length > 0).Select(channel => $"The channel '{channel.Name}' takes nothing: {channel.Reason}"));
            return reasons;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles => [.. NotReady, .. _escalator.Plan is not null ? _fileErrors : [], .. Gaps().Where(gap => !gap.IsError).Select(SentenceOf)];

    /// <inheritdoc/>
    public IReadOnlyList<ChannelStatus> Channels
    {
        get
        {
            Dictionary<string, long> waiting;
            lock (_escalator.Gate)
            {
                waiting = _escalator.Ledger.Pages.Where(fact => !fact.IsDone).GroupBy(fact => fact.Page.Channel, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal);
            }

            var mqtt = _log.Consumers.Where(consumer => consumer.Name == MqttConsumer).Select(consumer => new ChannelStatus(consumer.Name, "mqtt", consumer.Depth, null, "", null));
            return [.. mqtt, .. _channels.Status(Instant.Now(_log.Clock)).Select(status => status with { Waiting = waiting.GetValueOrDefault(status.Name) })];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<EscalationStatus> Standing() => _escalator.Standing();

    /// <summary>How many alerts have gone through all stages unacknowledged.</summary>
    internal long NobodyReached
    {
        get
        {
            lock (_escalator.Gate)
            {
                return _escalator.Ledger.Calls.LongCount(EscalationView.NobodyReached);
            }
        }
    }

    /// <summary>How many of the remembered pages are in which state.</summary>
    internal IReadOnlyDictionary<PageState, long> CountPages()
    {
        lock (_escalator.Gate)
        {
            return _escalator.Ledger.Pages.GroupBy(fact => fact.State).ToDictionary(group => group.Key, group => group.LongCount());
        }
    }

    /// <summary>The channels with pages that wait, and how long the oldest of each has waited.</summary>
    internal IReadOnlyList<(string Channel, TimeSpan Age)> OldestWaiting()
    {
        var now = Instant.Now(_log.Clock);
        lock (_escalator.Gate)
        {
            return [.. _escalator.Ledger.Pages.Where(fact => !fact.IsDone).GroupBy(fact => fact.Page.Channel, StringComparer.Ordinal)
                .Select(group => (group.Key, now - new Instant(group.Min(fact => fact.Page.Queued.UnixMilliseconds))))];
        }
    }

    /// <summary>The page with a key, if it is still remembered.</summary>
    internal Page? FindPage(string key)
    {
        lock (_escalator.Gate)
        {
            return _escalator.Ledger.FindPage(key)?.Page;
        }
    }

    /// <summary>Looked at anew only when the plan, the rules or the wards are others.</summary>
    private IReadOnlyList<Diagnostic> Gaps()
    {
        var (plan, rules, wards) = (_escalator.Plan, _escalator.Rules, _censusWards());
        var names = string.Join('\n', wards.Order(StringComparer.Ordinal));
        lock (_gapsGate)
        {
            if (_gapsOf.Plan != plan || !ReferenceEquals(_gapsOf.Rules, rules) || _gapsOf.Wards != names)
            {
                _gapsOf = (plan, rules, names);
                _gaps = plan is null ? [] : NotificationFiles.FindGaps(plan, new KnownNames(rules, wards));
            }

            return _gaps;
        }
    }

    private static string SentenceOf(Diagnostic gap) => $"{gap.File}:{gap.Line}: {gap.Message}.";

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
