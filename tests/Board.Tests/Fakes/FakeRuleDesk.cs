using IoTGateway.Alerts;
using IoTGateway.Board.Ports;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>The shipped rules as files, and a set that waits.</summary>
internal sealed class FakeRuleDesk : IRuleDesk
{
    private readonly FakeWard _ward;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _files = ShippedRules.Files.ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal);
    private readonly List<RuleSetRecord> _history = [];
    private int _saves;

    public FakeRuleDesk(FakeWard ward)
    {
        _ward = ward;
        InForce = RuleSetLoader.Load(ShippedRules.Files).Rules;
        var first = ward.Now - TimeSpan.FromDays(3);
        _history.Add(new RuleSetRecord(new string('9', 64), [new RuleFile("10-adult.yaml", "version: 1\n")]) { Step = RuleSetStep.InForce, At = first - TimeSpan.FromDays(9) });
        _history.Add(RuleSetRecord.Of(InForce!) with { Step = RuleSetStep.Approved, At = first, By = "kim (board, unauthenticated)", Why = "Rules:\n  SpO2 low: for 15 s -> 20 s\nAlerts: 0 would be touched, 4 kept." });
    }

    /// <summary>Whether a set waits for approval.</summary>
    public bool Waits
    {
        get => _history[^1].Step == RuleSetStep.Waits;
        set => _history.Add(value
            ? RuleSetRecord.Of(InForce!) with
            {
                RuleSetVersion = new string('c', 64),
                Step = RuleSetStep.Waits,
                At = _ward.Now - TimeSpan.FromMinutes(6),
                Why = "Rules:\n  Heart rate very low: removed\nAlerts: 0 would be touched, 4 kept.\nNeeds approval:\n  nobody would be warned by 'Heart rate very low' any more",
            }
            : new RuleSetRecord(new string('c', 64), []) { Step = RuleSetStep.Refused, At = _ward.Now, By = "test" });
    }

    public SignalCatalogue Catalogue => TestSignals.Catalogue;

    public RuleSet? InForce { get; }

    public RuleFilesOnDisk Read()
    {
        lock (_lock)
        {
            return new RuleFilesOnDisk($"files-{_saves}", true, [.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new RuleFile(file.Key, file.Value))]);
        }
    }

    public PortAnswer Save(string name, string? text, string expected, string by)
    {
        lock (_lock)
        {
            if (expected != $"files-{_saves}")
            {
                return new PortAnswer(false, "The files have changed since you read them. Read them again.");
            }

            _saves++;
            if (text is null)
            {
                _files.Remove(name);
            }
            else
            {
                _files[name] = text;
            }

            return new PortAnswer(true, $"{name} is saved.");
        }
    }

    public IReadOnlyList<RuleSetRecord> History() => [.. _history.AsEnumerable().Reverse()];

    public RulePlan? Plan(RuleSet candidate) => new(
        candidate.Version,
        [new RuleDifference("SpO2 low", false, "for 15 s -> 20 s"), new RuleDifference("Heart rate very low", true, "removed")],
        [new AlertEffect(AlertEffectKind.Ended, "Heart rate high", AlertPriority.Medium, "ICU", "ICU-2", "P-1007", "rule removed"), new AlertEffect(AlertEffectKind.Kept, "SpO2 low", AlertPriority.Medium, "ICU", "ICU-8", "P-1060", "")])
    {
        Limits = [new LimitEffect("spo2_low", 82, "kim", "ICU", "ICU-6", "P-1031", "the rules now allow 84 to 94, and it was set to 82")],
    };

    public Task<BacktestComparison?> BacktestAsync(RuleSet candidate, Instant from, CancellationToken cancellation)
    {
        var recording = new Recording(candidate.Catalogue);
        for (var second = 0; second < 600; second++)
        {
            recording.Add(from + TimeSpan.FromSeconds(second), "P-1", "ICU", "spo2", second is > 120 and < 240 ? 84 : 97, Quality.Valid);
        }

        return Task.FromResult<BacktestComparison?>(BacktestComparison.Run(InForce!, candidate, recording, new BacktestOptions()));
    }

    public Task<RuleAnswer> ApproveAsync(string by) => Task.FromResult(Decide(RuleSetStep.Approved, by, "The rule set is approved and comes into force."));

    public Task<RuleAnswer> RefuseAsync(string by) => Task.FromResult(Decide(RuleSetStep.Refused, by, "The rule set is refused."));

    public Task<RuleAnswer> RollBackAsync(string version, string by)
    {
        if (_history.FirstOrDefault(record => record.RuleSetVersion.StartsWith(version, StringComparison.Ordinal)) is not { } found)
        {
            return Task.FromResult(new RuleAnswer(false, $"There is no version '{version}'."));
        }

        _history.Add(found with { Step = RuleSetStep.RolledBack, By = by, At = _ward.Now });
        return Task.FromResult(new RuleAnswer(true, "The rule set comes into force."));
    }

    private RuleAnswer Decide(RuleSetStep step, string by, string sentence)
    {
        if (!Waits)
        {
            return new RuleAnswer(false, "No rule set waits for approval.");
        }

        _history.Add(_history[^1] with { Step = step, By = by, At = _ward.Now });
        return new RuleAnswer(true, sentence);
    }
}
