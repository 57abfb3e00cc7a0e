using IoTGateway.Queue;

namespace IoTGateway.Alerts;

/// <summary>The newest steps of the rule sets of a log, in its order. Not thread-safe.</summary>
public sealed class RuleSetHistory
{
    /// <summary>So many of the newest sets that came into force are kept, and as many of the other steps.</summary>
    public const int KeptAtMost = 50;

    private readonly List<(long Address, RuleSetRecord Record)> _records = [];

    /// <summary>The steps with their log addresses, oldest first.</summary>
    public IReadOnlyList<(long Address, RuleSetRecord Record)> Records => _records;

    /// <summary>The set in force; null if there never was one.</summary>
    public RuleSetRecord? Last => Before(new LogPosition(long.MaxValue));

    /// <summary>The set that waits for approval; null if none does.</summary>
    public RuleSetRecord? Waiting => LastDecision is { Step: RuleSetStep.Waits } waiting ? waiting : null;

    /// <summary>Since when the files cannot be used, and why; null if they can.</summary>
    public RuleSetRecord? Invalid =>
        _records.FindLast(step => step.Record.Step is RuleSetStep.FilesInvalid or RuleSetStep.FilesValid).Record is { Step: RuleSetStep.FilesInvalid } invalid
            ? invalid
            : null;

    /// <summary>The last step that says which set counts, or may count.</summary>
    public RuleSetRecord? LastDecision => _records.FindLast(step => step.Record.IsInForce || step.Record.Step is RuleSetStep.Waits or RuleSetStep.Refused).Record;

    /// <summary>The set in force before a place of the log; null if there is none among those kept.</summary>
    public RuleSetRecord? Before(LogPosition position) =>
        _records.FindLast(step => step.Address < position.Address && step.Record.IsInForce).Record;

    /// <summary>
    /// Whether a person has decided against files of this version: refused them, or put another set into force while they stood on the disk. They are
    /// not proposed again before they change.
    /// </summary>
    public bool IsDecidedAgainst(string filesVersion) =>
        LastDecision is { } last && (last.InsteadOf == filesVersion || (last.Step == RuleSetStep.Refused && last.By.Length > 0 && last.RuleSetVersion == filesVersion));

    /// <summary>The sets that once came into force, the newest last, each version once.</summary>
    public IReadOnlyList<RuleSetRecord> Versions =>
        [.. _records.Select(step => step.Record).Where(record => record.IsInForce).Reverse().DistinctBy(record => record.RuleSetVersion).Reverse()];

    /// <summary>Adds a step.</summary>
    public void Add(long address, RuleSetRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _records.Add((address, record));
        if (_records.Count(step => step.Record.IsInForce == record.IsInForce) > KeptAtMost)
        {
            _records.RemoveAt(_records.FindIndex(step => step.Record.IsInForce == record.IsInForce));
        }
    }

    /// <summary>The same once more, to go its own way.</summary>
    public RuleSetHistory Copy()
    {
        var copy = new RuleSetHistory();
        copy._records.AddRange(_records);
        return copy;
    }
}
