using IoTGateway.Readings;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>A catalogue as a site would have it.</summary>
internal static class TestSignals
{
    private static readonly TimeSpan Missing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Spot = TimeSpan.FromHours(4);

    public static readonly SignalCatalogue Catalogue = new(
    [
        Continuous(0, "hr", "Heart rate", "/min", "bpm"),
        Continuous(1, "pulse", "Pulse", "/min", "bpm"),
        Continuous(2, "spo2", "SpO2", "%", "%"),
        Continuous(3, "rr", "Respiration", "/min", "/min"),
        Continuous(4, "art_sbp", "Arterial systolic", "mm[Hg]", "mmHg"),
        Continuous(5, "art_dbp", "Arterial diastolic", "mm[Hg]", "mmHg"),
        Continuous(6, "art_map", "Arterial mean", "mm[Hg]", "mmHg"),
        new Signal { Index = 7, Id = "sbp", Name = "Systolic (cuff)", Unit = "mm[Hg]", UnitShown = "mmHg", ValidFor = Spot },
        new Signal { Index = 8, Id = "dbp", Name = "Diastolic (cuff)", Unit = "mm[Hg]", UnitShown = "mmHg", ValidFor = Spot },
        new Signal { Index = 9, Id = "map", Name = "Mean (cuff)", Unit = "mm[Hg]", UnitShown = "mmHg", ValidFor = Spot },
        new Signal { Index = 10, Id = "temp", Name = "Temperature", Unit = "Cel", UnitShown = "°C", Decimals = 1, ValidFor = Spot },
        Continuous(11, "etco2", "End-tidal CO2", "mm[Hg]", "mmHg"),
        new Signal { Index = 12, Id = "avpu", Name = "Consciousness", Form = SignalForm.Letter, Letters = "ACVPU", ValidFor = Spot },
        new Signal { Index = 13, Id = "o2", Name = "Supplemental oxygen", Unit = "L/min", Form = SignalForm.Switch, ValidFor = Spot },
        new Signal { Index = 14, Id = "battery", Name = "Battery", Unit = "%", UnitShown = "%", OfDevice = true },
        new Signal { Index = 15, Id = "lactate", Name = "Lactate", Unit = "mmol/L", UnitShown = "mmol/L", Decimals = 1 },
        new Signal { Index = 16, Id = "gcs", Name = "GCS", ValidFor = Spot },
    ]);

    public static Signal Get(string id) => Catalogue.Find(id) ?? throw new ArgumentException($"No signal '{id}'.", nameof(id));

    private static Signal Continuous(int index, string id, string name, string unit, string shown) => new()
    {
        Index = index,
        Id = id,
        Name = name,
        Unit = unit,
        UnitShown = shown,
        MissingAfter = Missing,
        ValidFor = TimeSpan.FromMinutes(1),
    };
}
