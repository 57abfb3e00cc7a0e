using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>Rule sets for tests: real files, really compiled.</summary>
internal static class TestRules
{
    public const string Text = """
        version: 1
        population: adults
        rules:
          - alert: SpO2 low
            when: spo2 < 88
            for: 5 s
            clear when: spo2 >= 90
            clear after: 3 s
            priority: medium
            message: "SpO2 {spo2} %"
          - alert: Heart rate very low
            when: hr < 40
            clear when: hr >= 45
            latch: true
            priority: high
            message: "Heart rate {hr}"
        """;

    public const string Missing = """

          - alert: SpO2 not measured
            kind: technical
            when: spo2 is missing
            for: 2 s
            priority: low
            message: "No SpO2"
        """;

    public static RuleSet Standard { get; } = Compile(Text);

    public static RuleSet WithMissing { get; } = Compile(Text + Missing);

    public static RuleSet Compile(string text)
    {
        var result = RuleSetLoader.Load([ShippedRules.Files[0], new RuleFile("10-test.yaml", text)]);
        Assert.True(result.Rules is not null, string.Join("\n", result.Diagnostics));
        return result.Rules;
    }
}
