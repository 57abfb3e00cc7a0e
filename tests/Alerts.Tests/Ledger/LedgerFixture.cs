using System.Buffers;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>A ledger and the events it gave, with short ways to feed it.</summary>
internal sealed class LedgerFixture
{
    public const string Patient = "p1";
    public const string Slug = "spo2-low";

    private long _input = 100;

    public LedgerFixture()
    {
        Policies = new AlertPolicies(_ => Hold);
    }

    public AlertLedger Ledger { get; } = new();

    public List<AlertEvent> Events { get; } = [];

    public AlertStatus? Status => Ledger.Find(Patient, Slug);

    public AlertState State => Status?.State ?? AlertState.Unknown;

    public static AlertRule Rule(AlertPriority priority = AlertPriority.Medium, bool latch = false, string slug = Slug, bool shadow = false, string name = "SpO2 low", params ReadOnlySpan<string> was) => new()
    {
        Index = 0,
        Name = name,
        Slug = slug,
        Priority = priority,
        Kind = AlertKind.Physiological,
        Latch = latch,
        Shadow = shadow,
        Was = [.. was],
    };

    public LedgerFixture Take(
        AlertState state, long time = 0, bool latch = false, AlertPriority priority = AlertPriority.Medium, bool unverified = false, string patient = Patient, string value = "86 %",
        string suppressedBy = "", bool shadow = false)
    {
        var transition = new AlertTransition
        {
            Patient = patient,
            Rule = Rule(priority, latch, shadow: shadow),
            State = state,
            Priority = priority,
            Time = new Instant(time),
            Since = new Instant(0),
            Value = value,
            Limit = "88 %",
            Message = "SpO2 86 %, limit 88 %",
            Reason = "SpO2 86 % < limit 88 %",
            Unverified = unverified,
            SuppressedBy = suppressedBy,
        };
        Ledger.Take(transition, new AlertPlace("ICU", "ICU-1"), Context(), Events);
        return this;
    }

    /// <summary>Another rule set with just this rule comes into force.</summary>
    public LedgerFixture Follow(AlertRule rule, long time = 90)
    {
        Ledger.FollowRules([rule], new Instant(time), Context() with { RuleSet = "rules-2" }, Events);
        return this;
    }

    public AcknowledgeResult Acknowledge(string? episode = null, long time = 0, string by = "nurse-1", string note = "", SeenState? seen = null) =>
        Ledger.Acknowledge(Patient, Slug, episode ?? Status!.Episode, seen, new Acknowledgement(by, new Instant(time), note), Context(), Events);

    /// <summary>What holds back the patient's alerts.</summary>
    public PatientHold Hold { get; set; }

    public AlertPolicies Policies { get; }

    public AlertContext Context() => new(new LogPosition(_input++), new Instant(5), "rules-1") { Policies = Policies };

    /// <summary>Brings the alert into a state of the ledger.</summary>
    public LedgerFixture Reach(AlertState state)
    {
        switch (state)
        {
            case AlertState.Unknown:
                break;
            case AlertState.Pending:
                Take(AlertState.Pending);
                break;
            case AlertState.Active:
                Take(AlertState.Pending).Take(AlertState.Active);
                break;
            case AlertState.Clearing:
                Take(AlertState.Pending).Take(AlertState.Active).Take(AlertState.Clearing);
                break;
            case AlertState.Latched:
                Take(AlertState.Pending).Take(AlertState.Active, latch: true).Take(AlertState.Ended, latch: true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state));
        }

        Assert.Equal(state, State);
        return this;
    }

    public static byte[] Saved(AlertLedger ledger)
    {
        var state = new ArrayBufferWriter<byte>();
        ledger.Save(state);
        return state.WrittenSpan.ToArray();
    }
}
