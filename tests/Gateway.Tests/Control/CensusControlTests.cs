using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Orders;
using IoTGateway.Control;
using IoTGateway.Readings;

namespace IoTGateway.Gateway.Tests.Control;

public sealed class CensusControlTests
{
    private static readonly Instant Noon = new(1_795_694_400_000);

    [Fact]
    public void Show_AFileWaits_NamesWhatItWouldChangeAndTheNewestSteps()
    {
        var census = new StandingCensus(
            new CensusImport(Noon, ["ICU-2: p7 admitted", "monitor-3 from ICU-1 to ICU-4"]),
            [
                new CensusStep(9, Noon, Noon, "nurse-1", "p1 discharged from ICU-1", "gone home", MayBeUndone: true),
                new CensusStep(4, Noon, Noon, "", "census file: ICU-1: new bed", "", MayBeUndone: false),
            ]);

        Assert.Equal(
            [
                "The census file waits since 2026-11-26T12:00:00.000Z, as people have changed the census at the board. It would change:",
                "  ICU-2: p7 admitted",
                "  monitor-3 from ICU-1 to ICU-4",
                "Put it into force with: census apply. Leave things as they are with: census drop.",
                "The newest changes:",
                "  2026-11-26T12:00:00.000Z  p1 discharged from ICU-1 (nurse-1): gone home",
                "  2026-11-26T12:00:00.000Z  census file: ICU-1: new bed",
            ],
            CensusControl.Show(census).Split(Environment.NewLine));
    }

    [Fact]
    public void Show_NothingEver_SaysSo() => Assert.Equal(
        ["No census file waits.", "The census has never been changed."], CensusControl.Show(new StandingCensus(null, [])).Split(Environment.NewLine));

    /// <summary>A census that stays as it is.</summary>
    private sealed class StandingCensus(CensusImport? waiting, IReadOnlyList<CensusStep> recent) : ICensusCommands
    {
        public IReadOnlyList<CensusStep> Recent => recent;

        public CensusImport? Waiting => waiting;

        public Task<OrderAnswer> ChangeAsync(CensusOrder order, string by, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<OrderAnswer> DecideImportAsync(bool apply, string by, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
