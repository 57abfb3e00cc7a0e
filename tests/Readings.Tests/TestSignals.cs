namespace IoTGateway.Readings.Tests;

/// <summary>The signals the gateway ships, made in code: what the decoder is tested with must not change when an operator's file does.</summary>
internal static class TestSignals
{
    /// <summary>All of them.</summary>
    public static readonly SignalCatalogue Catalogue = new(
    [
        Of(0, "battery", "%", 0, 100, ofDevice: true),
        Of(1, "silence", "s", 0, double.PositiveInfinity, ofDevice: true),
        Of(2, "clock_offset", "s", double.NegativeInfinity, double.PositiveInfinity, ofDevice: true),
        Of(3, "hr", "/min", 1, 300, noValueAtOrBelow: 0, aliases: ["heart_rate"]),
        Of(4, "pulse", "/min", 1, 300, noValueAtOrBelow: 0, aliases: ["pulse_rate"]),
        Of(5, "spo2", "%", 50, 100, noValueAtOrBelow: 0),
        Of(6, "rr", "/min", 1, 60, aliases: ["respiration_rate"]),
        Of(7, "sbp", "mm[Hg]", 20, 300, noValueAtOrBelow: 0, aliases: ["nibp_systolic", "systolic_bp"]),
        Of(8, "dbp", "mm[Hg]", 10, 200, noValueAtOrBelow: 0, aliases: ["nibp_diastolic", "diastolic_bp"]),
        Of(9, "map", "mm[Hg]", 10, 250, noValueAtOrBelow: 0, aliases: ["nibp_mean", "mean_bp"]),
        Of(10, "art_sbp", "mm[Hg]", 20, 300, noValueAtOrBelow: 0, aliases: ["art_systolic_bp"]),
        Of(11, "art_dbp", "mm[Hg]", 10, 200, noValueAtOrBelow: 0, aliases: ["art_diastolic_bp"]),
        Of(12, "art_map", "mm[Hg]", 10, 250, noValueAtOrBelow: 0, aliases: ["art_mean_bp"]),
        Of(13, "temp", "Cel", 25, 45, aliases: ["temperature"]),
        Of(14, "etco2", "mm[Hg]", 0, 150),
        Of(15, "glucose", "mg/dL", 10, 2000, aliases: ["glucose_mg_dl"]),
        new Signal { Index = 16, Id = "o2", Name = "Supplemental oxygen", Form = SignalForm.Switch, Aliases = ["oxygen"] },
        new Signal { Index = 17, Id = "avpu", Name = "Consciousness", Form = SignalForm.Letter, Letters = "ACVPU" },
        Of(18, "gcs", "{score}", 3, 15),
    ]);

    /// <summary>The signal of this name.</summary>
    public static Signal Named(string name) => Catalogue.Find(name) ?? throw new ArgumentException($"There is no signal '{name}'.", nameof(name));

    private static Signal Of(
        int index, string id, string unit, double low, double high, double? noValueAtOrBelow = null, bool ofDevice = false, string[]? aliases = null) => new()
        {
            Index = index,
            Id = id,
            Name = id,
            Unit = unit,
            PlausibleLow = low,
            PlausibleHigh = high,
            NoValueAtOrBelow = noValueAtOrBelow,
            OfDevice = ofDevice,
            Aliases = aliases ?? [],
        };
}
