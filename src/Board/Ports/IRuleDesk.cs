using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.Ports;

/// <summary>The rule files and rule sets of a running gateway, for those who change them. Safe from any thread.</summary>
public interface IRuleDesk
{
    /// <summary>The signals of the rules in force; those shipped where there are none.</summary>
    SignalCatalogue Catalogue { get; }

    /// <summary>The rule set in force; null if there is none.</summary>
    RuleSet? InForce { get; }

    /// <summary>The rule files as they are on disk now.</summary>
    /// <exception cref="IOException">They cannot be read; the message says which.</exception>
    RuleFilesOnDisk Read();

    /// <summary>Writes one file whole, or removes it. The gateway notices it as any other change of the files.</summary>
    /// <param name="name">The file's name, without directory.</param>
    /// <param name="text">Its content; null removes it.</param>
    /// <param name="expected">The <see cref="RuleFilesOnDisk.Version"/> the person saw; with other files it is refused.</param>
    /// <param name="by">Who.</param>
    PortAnswer Save(string name, string? text, string expected, string by);

    /// <summary>The newest steps of the rule sets, newest first.</summary>
    IReadOnlyList<RuleSetRecord> History();

    /// <summary>What a set would do to the alerts that stand; null while there is nothing it could be compared with. May take seconds.</summary>
    RulePlan? Plan(RuleSet candidate);

    /// <summary>Plays what was stored since <paramref name="from"/> through the rules in force and a candidate. May take a minute.</summary>
    /// <returns>Null where nothing is stored.</returns>
    /// <exception cref="IOException">The store cannot be read, or holds more than can be played at once; the message says so.</exception>
    Task<BacktestComparison?> BacktestAsync(RuleSet candidate, Instant from, CancellationToken cancellation);

    /// <summary>Puts the rule set that waits into force.</summary>
    Task<RuleAnswer> ApproveAsync(string by);

    /// <summary>The rule set that waits comes to nothing.</summary>
    Task<RuleAnswer> RefuseAsync(string by);

    /// <summary>Puts an older rule set into force.</summary>
    /// <param name="version">The beginning of its version.</param>
    /// <param name="by">Who.</param>
    Task<RuleAnswer> RollBackAsync(string version, string by);
}
