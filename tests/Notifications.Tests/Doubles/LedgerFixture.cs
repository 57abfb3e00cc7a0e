using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A ledger whose time passes second by second, and the pages it decided upon.</summary>
internal sealed class LedgerFixture
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public NotificationPlan Plan { get; set; } = TestPlan.Make();

    public EscalationLedger Ledger { get; set; } = new();

    public TestAlerts Alerts { get; } = new();

    public Instant Now { get; private set; } = Start;

    public Instant ListeningSince { get; set; } = Start;

    public List<Page> Pages { get; } = [];

    /// <summary>Whether each page is taken by its channel at once.</summary>
    public bool ChannelsWork { get; set; } = true;

    public Func<AlertStatus, ImmutableArray<EscalationStage>> Rules { get; set; } = _ => [];

    /// <summary>"seconds type stage person" of each page.</summary>
    public IEnumerable<string> Story => Pages.Select(page => string.Create(
        CultureInfo.InvariantCulture, $"{(page.Queued - Start).TotalSeconds} {page.Type} {page.Stage} {page.Person}{(page.Channel == "pager" ? "" : " by " + page.Channel)}"));

    /// <summary>What people see.</summary>
    public IReadOnlyList<EscalationStatus> Standing() => new EscalationView(Ledger, Plan, Rules, Now).Standing();

    public LedgerFixture Happens(AlertEvent happened)
    {
        Ledger.Apply(happened);
        return Decide();
    }

    public LedgerFixture Pass(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Now += TimeSpan.FromSeconds(1);
            Decide();
        }

        return this;
    }

    public void Receive(Page page, PageState state, string reason = "", bool mayHaveArrived = false) =>
        Ledger.Apply(new PageReceipt(page.Key, page.Channel, state, Now, reason, mayHaveArrived));

    public LedgerFixture Decide()
    {
        Ledger.Sweep();
        var decision = Ledger.Decide(Plan, Rules, Now, Now, ListeningSince);
        Pages.AddRange(decision.Pages);
        if (ChannelsWork)
        {
            decision.Pages.ForEach(page => Receive(page, PageState.Sent));
        }

        return this;
    }
}
