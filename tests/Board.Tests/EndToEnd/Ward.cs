namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>The beds of the ward of these tests: each test has its own, so that one gateway serves them all and none sees what another leaves behind.</summary>
internal static class Ward
{
    /// <summary>The census file. The bed's number is that of the patient and of the monitor; where a bed is empty its monitor stands there already.</summary>
    public const string Census = """
        version: 1
        wards:
          - ward: ICU
            monitored: []
            beds:
              - { bed: ICU-1, patient: p1, devices: [monitor-1] }
              - { bed: ICU-2, patient: p2, devices: [monitor-2] }
              - { bed: ICU-3, patient: p3, devices: [monitor-3] }
              - { bed: ICU-4, patient: p4, devices: [monitor-4], monitored: [hr] }
              - { bed: ICU-5, patient: p5, devices: [monitor-5], monitored: [hr] }
              - { bed: ICU-6, patient: p6, devices: [monitor-6], monitored: [hr] }
              - { bed: ICU-7, patient: p7, devices: [monitor-7] }
              - { bed: ICU-8, patient: p8, devices: [monitor-8] }
              - { bed: ICU-9, devices: [monitor-9] }
              - { bed: ICU-10, patient: p10, devices: [monitor-10] }
              - { bed: ICU-11, patient: p11, devices: [monitor-11] }
              - { bed: ICU-12, patient: p12, devices: [monitor-12] }
        """;

    /// <summary>Quick rules. Only the escalation's stages, and a heart rate that does not come, take seconds.</summary>
    public const string Rules = """
        version: 1
        population: adults
        limits:
          spo2_low: { value: 90, allowed: 80 to 94 }
        rules:
          - alert: SpO2 low
            levels:
              medium: { when: spo2 < limit spo2_low }
              high: { when: spo2 < 80 }
            clear when: spo2 >= limit spo2_low + 2
            breaks pause: true
            message: "SpO2 {spo2} %, limit {limit spo2_low} %"
          - alert: Heart rate high
            when: hr > 120
            clear when: hr <= 115
            priority: medium
            message: "Heart rate {hr}"
          - alert: No heart rate
            kind: technical
            when: hr is no value
            priority: high
            message: "The monitor reads no heart rate"
          - alert: Heart rate not measured
            kind: technical
            when: hr is missing
            priority: medium
            message: "No heart rate for {age hr}"
          - alert: Respiration low
            when: rr < 8
            clear when: rr >= 10
            priority: high
            escalate:
              - { not acknowledged in: 5 s, notify: charge nurse }
              - { not acknowledged in: 12 s, notify: on-call physician }
            message: "Respiration {rr} /min"
        """;

    /// <summary>The phone is reached; behind the physician's pager nobody listens.</summary>
    public const string Roster = """
        version: 1
        people:
          - { person: ward phone, channels: [phone: 4711] }
          - { person: pager, channels: [pager: 4712] }
        roster:
          - ward: ICU
            shifts: [{ from: 00:00, to: 24:00, roles: { nurse: ward phone, charge nurse: ward phone, on-call physician: pager } }]
        """;

    /// <summary>The notification rules; the phone's receiver listens on this port, and nobody on port 1.</summary>
    public static string Notifications(int phone) => $$"""
        version: 1
        channels:
          - { channel: phone, webhook: "http://127.0.0.1:{{phone}}/pages" }
          - { channel: pager, webhook: "http://127.0.0.1:1/pages" }
        routes:
          - { route: nurses, only for: { priority: high }, notify: nurse }
        """;

    /// <summary>The shipped signals, with a heart rate that is missing after 5 s instead of a minute.</summary>
    public static string Signals(string shipped)
    {
        const string Begin = "  hr:\n";
        const string Shipped = "missing after: 60 s";
        var at = shipped.IndexOf(Shipped, shipped.IndexOf(Begin, StringComparison.Ordinal), StringComparison.Ordinal);
        return shipped[..at] + "missing after: 5 s" + shipped[(at + Shipped.Length)..];
    }
}
