using IoTGateway.Board.Ports;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Explains every alert by the first shipped rule.</summary>
internal sealed class FakeExplanations(FakeWard ward) : IExplanations
{
    public Task<Explanation?> ExplainAsync(string patient, string alert, CancellationToken cancellation)
    {
        var rule = RuleSetLoader.Load(ShippedRules.Files).Rules!.Rules[0];
        var now = ward.Now;
        return Task.FromResult<Explanation?>(new Explanation(
            rule, AlertState.Active, AlertPriority.High, now, now - TimeSpan.FromSeconds(74), null, ["the limit was set at the bedside"],
            [new ExplanationNode("high: spo2 < limit spo2_low for 10 s", "true", "", [new ExplanationNode("spo2", "84 %", "1 s old", []), new ExplanationNode("limit spo2_low", "85 %", "10-adult.yaml:14", [])])]));
    }
}
