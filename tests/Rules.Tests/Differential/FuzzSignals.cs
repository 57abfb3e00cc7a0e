using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Signals that differ in what time and quality do to them.</summary>
internal static class FuzzSignals
{
    public static SignalCatalogue Catalogue { get; } = new(
    [
        new Signal { Index = 0, Id = "a", Name = "A", PlausibleLow = 10, PlausibleHigh = 200, NoValueAtOrBelow = 0, MissingAfter = Seconds(6) },
        new Signal { Index = 1, Id = "b", Name = "B", PlausibleLow = 10, PlausibleHigh = 200, NoValueAtOrBelow = 0, MissingAfter = Seconds(20), ValidFor = Seconds(9) },
        new Signal { Index = 2, Id = "c", Name = "C", PlausibleLow = 10, PlausibleHigh = 200, ValidFor = Seconds(15) },
        new Signal { Index = 3, Id = "d", Name = "D", PlausibleLow = 10, PlausibleHigh = 200 },
        new Signal { Index = 4, Id = "v", Name = "V", Form = SignalForm.Letter, Letters = "ACVPU", ValidFor = Seconds(25) },
        new Signal { Index = 5, Id = "o", Name = "O", Form = SignalForm.Switch, MissingAfter = Seconds(10), ValidFor = Seconds(30) },
    ]);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
