using IoTGateway.Alerts;
using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>
/// Reads the rule files at start and whenever they change, and proposes them to the rules: all files or nothing. While they are invalid the
/// last good set stays in force and the board shows the errors.
/// </summary>
internal sealed class RuleDirectory(string directory, AlertService alerts, TimeProvider clock, ILogger<RuleDirectory> logger) : IAsyncDisposable
{
    private readonly FileChangeWatch _watch = new(() => RuleFiles.Find([directory]), clock);

    /// <summary>The rule set the files gave last; null while they are invalid.</summary>
    public RuleSet? Current { get; private set; }

    /// <summary>Reads the files now and goes on watching them.</summary>
    public void Start() => _watch.Start(Load);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private void Load()
    {
        IReadOnlyList<string> errors;
        try
        {
            var result = RuleSetLoader.Load(RuleFiles.Read([directory]));
            foreach (var warning in result.Diagnostics.Where(diagnostic => !diagnostic.IsError))
            {
                logger.RuleWarning(warning.ToString());
            }

            errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.ToString())];
            Current = result.Rules;
        }
        catch (UserErrorException failure)
        {
            errors = [failure.Message];
            Current = null;
        }

        alerts.ReportRuleErrors(errors);
        if (Current is { } rules)
        {
            alerts.ProposeRules(rules);
            logger.RulesRead(directory, rules.Rules.Length, rules.Version);
        }
        else
        {
            logger.RulesInvalid(directory, errors.Count, errors[0]);
        }
    }
}
