using IoTGateway.Commands.RuleTools;
using IoTGateway.Rules;

namespace IoTGateway.Gateway.Tests.Commands;

public class StateSizeTextTests
{
    [Fact]
    public void Of_UsualRules_IsTheNumberAlone()
    {
        var rules = Load(windows: 1);
        Assert.Equal(FormattableString.Invariant($"State: {rules.StateBytesPerPatient:#,0} bytes for each patient."), StateSizeText.Of(rules));
    }

    [Fact]
    public void Of_ManyWindows_GivesAdvice()
    {
        var rules = Load(windows: 20);
        Assert.StartsWith(
            FormattableString.Invariant($"State: {rules.StateBytesPerPatient:#,0} bytes for each patient, more than the 4,000 of a usual rule set. It works; "),
            StateSizeText.Of(rules), StringComparison.Ordinal);
    }

    private static RuleSet Load(int windows) => RuleSetLoader.Load(
        [
            new RuleFile("x.yaml", "version: 1\npopulation: adults\nrules:\n" + string.Concat(Enumerable.Range(1, windows).Select(window =>
                $"  - {{ alert: X{window}, when: \"average(hr, {window} min) > 120\", priority: low, message: x }}\n"))),
        ]).Rules!;
}
