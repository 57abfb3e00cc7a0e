using System.Collections.Immutable;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <content>What is due, and what was sent within the last minute.</content>
public sealed partial class EscalationLedger
{
    /// <summary>The span in which pages are counted by the flood guard.</summary>
    internal static readonly TimeSpan FloodSpan = TimeSpan.FromMinutes(1);

    private const int RecentAtMost = 20_000;

    private readonly Queue<(Instant At, string Channel, string Patient)> _recent = new();

    /// <summary>Decides who is told now and takes it in; what is returned has to become durable before it has an effect.</summary>
    internal EscalationDecision Decide(
        NotificationPlan plan, Func<AlertStatus, ImmutableArray<EscalationStage>> rules, Instant now, Instant due, Instant listeningSince) =>
        _calls.Count == 0 ? new EscalationDecision() : new Decider(this, plan, rules, now, due, listeningSince).Decide();

    /// <summary>The call of an episode; null where it is not known.</summary>
    internal AlertCall? Find(string episode) => _calls.GetValueOrDefault(episode);

    /// <summary>The page with a key; null where it is not known any more.</summary>
    internal PageFact? FindPage(string key) => _pages.GetValueOrDefault(key);

    /// <summary>Whether a channel has had its fill of the last minute, and the patient a message over it.</summary>
    internal bool IsFlooded(string channel, string patient, int pagesPerMinute, Instant now)
    {
        if (pagesPerMinute == 0)
        {
            return false;
        }

        var lately = _recent.Where(page => page.Channel == channel && now - page.At < FloodSpan).ToList();
        return lately.Count >= pagesPerMinute && lately.Exists(page => page.Patient == patient);
    }

    private void Remember(Page page)
    {
        _recent.Enqueue((page.Queued, page.Channel, page.Patient));
        while (_recent.Count > RecentAtMost || (_recent.TryPeek(out var oldest) && page.Queued - oldest.At >= FloodSpan))
        {
            _recent.Dequeue();
        }
    }
}
