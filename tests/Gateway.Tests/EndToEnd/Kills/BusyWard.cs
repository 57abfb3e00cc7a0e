using System.Globalization;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>
/// A ward of six patients and their rules. An alert begins and ends by one reading or observation, so that what has to be raised follows from them alone; only
/// <see cref="Slow"/> takes its time.
/// </summary>
internal static class BusyWard
{
    /// <summary>How many patients there are: p1 with the device monitor-1 and so on.</summary>
    public const int Patients = 6;

    /// <summary>How long the condition of <see cref="Slow"/> has to hold. Milliseconds.</summary>
    public const int SlowMilliseconds = 2_000;

    /// <summary>After so long without an acknowledgement the second stage is told. Milliseconds.</summary>
    public const int StageMilliseconds = 3_000;

    /// <summary>The rules whose alerts follow each reading at once.</summary>
    public static readonly SuddenRule[] Sudden =
    [
        new("spo2-low", "spo2", value => value < 85, value => value >= 88, Latches: false, Pages: true),
        new("heart-rate-very-low", "hr", value => value < 40, value => value >= 50, Latches: true, Pages: true),
        new("fever", "temp", value => value > 39, value => value < 38.5, Latches: false, Pages: false),
    ];

    /// <summary>The slug of the alert that is pending first.</summary>
    public const string Slow = "respiration-low";

    /// <summary>The files, by their names in the test's directory.</summary>
    public static Dictionary<string, string> Files(int pager, int mail, string secret) => new(StringComparer.Ordinal)
    {
        ["rules/10.yaml"] = """
            version: 1
            population: adults
            rules:
              - alert: SpO2 low
                when: spo2 < 85
                clear when: spo2 >= 88
                priority: high
                message: "SpO2 {spo2} %"
                re-alarm after: 1 min
                escalate: [{ not acknowledged in: 3 s, notify: charge nurse }]
              - alert: Heart rate very low
                when: hr < 40
                clear when: hr >= 50
                latch: true
                priority: high
                message: "Heart rate {hr}"
                re-alarm after: 1 min
                escalate: [{ not acknowledged in: 3 s, notify: charge nurse }]
              - alert: Respiration low
                when: rr < 8
                for: 2 s
                priority: medium
                message: "Respiration {rr}"
              - alert: Fever
                when: temp > 39
                clear when: temp < 38.5
                priority: low
                message: "Temperature {temp}"
            """,
        ["census.yaml"] = "version: 1\nwards:\n  - ward: ICU\n    beds:\n" + string.Concat(Enumerable.Range(1, Patients).Select(number =>
            string.Create(CultureInfo.InvariantCulture, $"      - {{ bed: ICU-{number}, patient: p{number}, devices: [monitor-{number}] }}\n"))),
        ["roster.yaml"] = """
            version: 1
            people:
              - { person: nurse phone, channels: [pager: 4711] }
              - { person: charge phone, channels: [pager: 4712] }
              - { person: mailbox, channels: [mail: ward-1@hospital.example] }
            roster:
              - ward: ICU
                shifts: [{ from: 00:00, to: 24:00, roles: { nurse: nurse phone, charge nurse: charge phone } }]
            """,
        ["notifications.yaml"] = string.Create(CultureInfo.InvariantCulture, $$"""
            version: 1
            channels:
              - { channel: pager, webhook: "http://127.0.0.1:{{pager}}/pages", secret: { file: "{{secret}}" }, timeout: 25 s, taken within: 10 min }
              - { channel: mail, email: { server: 127.0.0.1, port: {{mail}}, tls: none, from: alerts@hospital.example }, timeout: 25 s, taken within: 10 min }
            routes:
              - { route: nurses, only for: { ward: ICU, priority: high }, notify: nurse, persons: mailbox, tell when over: true }
            """),

        // The curves are another test's; opening their file is a part of each start.
        ["settings.json"] = """{ "Storage": { "BuiltIn": { "Enabled": false } } }""",
    };
}
