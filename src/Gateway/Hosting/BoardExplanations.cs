using IoTGateway.Alerts;
using IoTGateway.Board.Ports;
using IoTGateway.Queue.Files;
using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>Why alerts are or are not raised, worked out beside the rules from what is in the log: the rules themselves are not held up.</summary>
internal sealed class BoardExplanations(string dataDirectory) : IExplanations
{
    /// <inheritdoc/>
    public Task<Explanation?> ExplainAsync(string patient, string alert, CancellationToken cancellation) => Task.Run(
        () => RulesInLog.Open(DataLayout.Log(dataDirectory), new RealDisk(), () => new RuleEngine()).Explain(patient, alert, at: null, out _), cancellation);
}
