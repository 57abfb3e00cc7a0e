using System.Diagnostics.Metrics;
using IoTGateway.Alerts;
using IoTGateway.Hosting;

namespace IoTGateway.Control;

/// <summary>
/// The meter <c>IoTGateway.Rules</c>: <c>iotgateway.rules.last_reload.success</c> (1 while the rule files can be used, else 0) and
/// <c>iotgateway.rules.waiting</c> (1 while a rule set waits for approval).
/// </summary>
internal sealed class RulesMeter : IDisposable
{
    private readonly Meter _meter = new("IoTGateway.Rules");

    public RulesMeter(RuleDirectory rules, AlertService alerts)
    {
        _meter.CreateObservableGauge("iotgateway.rules.last_reload.success", () => rules.Current is null ? 0 : 1, null, "1 while the rule files can be used.");
        _meter.CreateObservableGauge("iotgateway.rules.waiting", () => alerts.RulesWait ? 1 : 0, null, "1 while a rule set waits for approval.");
    }

    public void Dispose() => _meter.Dispose();
}
