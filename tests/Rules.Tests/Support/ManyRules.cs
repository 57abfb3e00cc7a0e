namespace IoTGateway.Rules.Tests.Support;

/// <summary>Rules of every kind over the test signals, for random courses.</summary>
internal static class ManyRules
{
    public const string Text = """
        version: 1
        population: adults
        limits: { low: 50, high: { value: 100, allowed: 90 to 120 } }
        derive:
          sum: { value: a + b, valid for: 30 s }
          half: sum / 2
        rules:
          - { alert: Low, when: a < limit low, for: 5 s, clear when: a >= limit low + 1, clear after: 3 s, priority: medium, message: "{a}" }
          - { alert: High, when: a > limit high, clear when: a <= 95, priority: high, latch: true, message: "{a} {age a}" }
          - { alert: High for long, when: a > limit high, for: 15 s, priority: high, message: "{a}" }
          - { alert: Both, when: a > 90 and b > 100 or not c < 200, for: 2 s, clear after: 7 s, priority: low, message: "{c}" }
          - { alert: Sum, when: sum between 150 and 220, for: 4 s, priority: low, message: "{sum} {age sum}" }
          - { alert: Half, when: half > 90, clear when: half < 80, clear after: 1 s, priority: low, message: "{half}" }
          - { alert: Not alert, when: v is not A and o is on, for: 10 s, priority: low, message: "{v} {o}" }
          - { alert: Reads nothing, kind: technical, when: a is no value, for: 5 s, priority: high, message: "{a}" }
          - { alert: A not measured, kind: technical, when: a is missing, for: 60 s, priority: low, message: "{age a}" }
          - { alert: B not measured, kind: technical, when: b is missing and a is not missing, priority: low, message: "{age b}" }
        """;

    public static RuleSet Load() => TestRules.Load(Text);
}
