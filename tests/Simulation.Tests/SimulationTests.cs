using System.Globalization;

namespace IoTGateway.Simulation.Tests;

public class SimulationTests
{
    /// <summary>For a long soak: how many runs, how many seconds, and from which seed; one run of one seed repeats a failure.</summary>
    private static readonly int Runs = Setting("SIMULATION_RUNS", 100_000);
    private static readonly int Seconds = Setting("SIMULATION_SECONDS", 60);
    private static readonly int Seed = Setting("SIMULATION_SEED", 1);

    [Fact]
    public void Gateway_CrashesAgainAndAgain_KeepsItsPromises()
    {
        var (runs, seed, broken) = Soak.Run(Seed, Runs, TimeSpan.FromSeconds(Seconds));
        TestContext.Current.SendDiagnosticMessage($"{runs} runs");
        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs");
        Assert.True(broken is null, $"Seed {seed}: {broken?.Message}\nTo repeat it: SIMULATION_SEED={seed} SIMULATION_RUNS=1, then run this test.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
