namespace IoTGateway.Rules.Tests.Support;

/// <summary>A rule set that uses the whole language: ten rules of different kinds, and NEWS2.</summary>
internal static class TenRules
{
    public const string Text = """
        version: 1
        population: adults            # every rule set says for whom
        limits:                       # named numbers, with the range anybody may ever set them to
          spo2_low:      { value: 90, allowed: 80 to 94 }
          hr_high:       { value: 120, allowed: 100 to 180 }
        overrides:
          - for: { tag: spo2-scale-2 }
            limits: { spo2_low: 88 }
            use: { spo2_points: spo2_scale_2 }
          - for: { ward: [ICU-1, ICU-2] }
            limits: { hr_high: 130 }
          - for: site
            limits: { hr_high: 125 }
        derive:
          map_calc: { value: (sbp + 2 * dbp) / 3, valid for: 15 min }
          rr_points: { score: { rr: { "<= 8": 3, "9 to 11": 1, "12 to 20": 0, "21 to 24": 2, ">= 25": 3 } }, round: 1 }
          spo2_points:  { score: { spo2: { "<= 91": 3, "92 to 93": 2, "94 to 95": 1, ">= 96": 0 } }, round: 1 }
          spo2_scale_2:               # several inputs: the first row that holds
            round: 1
            score:
              - { spo2: "<= 83", points: 3 }
              - { spo2: "84 to 85", points: 2 }
              - { spo2: "86 to 87", points: 1 }
              - { spo2: "88 to 92", points: 0 }
              - { spo2: ">= 93", o2: is off, points: 0 }
              - { spo2: "93 to 94", points: 1 }
              - { spo2: "95 to 96", points: 2 }
              - { spo2: ">= 97", points: 3 }
          oxygen_points: { score: { o2: { is on: 2, is off: 0 } }, valid for: 4 h }
          sbp_points: { score: { sbp: { "<= 90": 3, "91 to 100": 2, "101 to 110": 1, "111 to 219": 0, ">= 220": 3 } }, round: 1 }
          hr_points: { score: { "average(hr, 1 min)": { "<= 40": 3, "41 to 50": 1, "51 to 90": 0, "91 to 110": 1, "111 to 130": 2, ">= 131": 3 } }, round: 1 }
          avpu_points: { score: { avpu: { is A: 0, is not A: 3 } } }
          temp_points: { score: { temp: { "<= 35.0": 3, "35.1 to 36.0": 1, "36.1 to 38.0": 0, "38.1 to 39.0": 1, ">= 39.1": 2 } }, round: 0.1 }
          news2: { add: [rr_points, spo2_points, oxygen_points, sbp_points, hr_points, avpu_points, temp_points], name: NEWS2 }
        rules:
          - alert: SpO2 low                                   # 1: two levels of one alert
            levels:
              medium: { when: spo2 < limit spo2_low, for: 15 s }
              high:   { when: spo2 < 80, for: 3 s }
            clear when: spo2 >= limit spo2_low + 2
            clear after: 10 s
            message: "SpO2 {spo2} %, limit {limit spo2_low} %"
          - alert: SpO2 low on average                        # 2: windows, held back
            when: average(spo2, 1 min) < limit spo2_low
            clear when: average(spo2, 1 min) >= limit spo2_low + 2
            priority: medium
            suppressed by: SpO2 low
            message: "SpO2 {average(spo2, 1 min)} % over a minute"
          - alert: Heart rate very low                        # 3: latch
            when: hr < 40 and hr > 0
            for: 5 s
            clear when: hr >= 45
            priority: high
            latch: true
            message: "Heart rate {hr}"
          - alert: NEWS2 emergency                            # 4: forward chaining
            only in: { population: adults }
            when: news2 >= 7
            clear when: news2 <= 6
            clear after: 5 min
            priority: high
            suppresses: [NEWS2 urgent, NEWS2 single parameter]
            message: "NEWS2 is {news2}"
          - alert: NEWS2 urgent
            only in: { population: adults }
            when: news2 >= 5
            clear when: news2 <= 4
            clear after: 5 min
            priority: medium
            message: "NEWS2 is {news2}"
          - alert: NEWS2 single parameter
            only in: { population: adults }
            was: NEWS2 one parameter
            when: rr_points = 3 or spo2_points = 3 or sbp_points = 3 or hr_points = 3 or avpu_points = 3 or temp_points = 3
            clear after: 5 min
            priority: medium
            suppressed by: [NEWS2 urgent]
            message: "One parameter has 3 points, NEWS2 is {news2}"
          - alert: Heart rate climbing                        # 5: rise
            when: rise(hr, 10 min) >= 30 and hr > 100
            for: 30 s
            clear when: hr < 100
            priority: medium
            message: "HR rose {rise(hr, 10 min)} in 10 min, now {hr}"
          - alert: Two of three circulatory signs             # 6
            when: at least 2 of (hr > 120, rr > 25, map_calc < 65)
            for: 20 s
            clear after: 1 min
            priority: medium
            message: "HR {hr}, RR {rr}, MAP {map_calc}"
          - alert: SpO2 not measured                          # 7: technical, one condition for two levels
            kind: technical
            when: spo2 is missing
            levels: { medium: { for: 2 min }, high: { for: 10 min } }
            message: "No SpO2 for {age spo2}"
          - alert: Heart rate high                            # 8: escalation
            when: hr > limit hr_high
            for: 10 s
            clear when: hr <= limit hr_high - 5
            priority: medium
            escalate:
              - { not acknowledged in: 2 min, notify: charge nurse }
              - { not acknowledged in: 5 min, notify: on-call physician }
            message: "HR {hr}, limit {limit hr_high}"
          - alert: Pressure low after dialysis                # 9: ward-specific
            only in: { ward: [Dialysis] }
            when: sbp < 90 or map_calc < 65 or fall(sbp, 30 min) >= 30
            clear when: sbp >= 95 and map_calc >= 70 and fall(sbp, 30 min) < 30
            priority: medium
            message: "MAP {map_calc}, SBP {sbp}"
          - alert: Trial of a tighter limit                   # 10: shadow
            shadow: true
            when: spo2 < 92
            for: 30 s
            priority: low
            message: "SpO2 {spo2} %"
          - alert: Quiet and slow                             # another alert, a count
            when: alert "SpO2 low" is not active and count(rr, 2 min) > 3 and highest(rr, 2 min) < 8
            priority: low
            message: "{lowest(rr, 2 min)} to {highest(rr, 2 min)} breaths"
        """;

    /// <summary>Loads them with the shipped signals; fails the test if anything is wrong.</summary>
    public static RuleSet Load()
    {
        var result = RuleSetLoader.Load([new RuleFile("ten.yaml", Text)]);
        Assert.True(result.Diagnostics.IsEmpty, string.Join('\n', result.Diagnostics));
        return result.Rules!;
    }
}
