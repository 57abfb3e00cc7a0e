using System.Globalization;

namespace IoTGateway.Simulation.Tests;

public class SimulationTests
{
    /// <summary>For a long soak: for how many seconds, how many runs, from which seed. One run from its seed repeats a failure.</summary>
    private static readonly int Seconds = Setting("SIMULATION_SECONDS", 60);
    private static readonly int Runs = Setting("SIMULATION_RUNS", int.MaxValue);
    private static readonly int Seed = Setting("SIMULATION_SEED", 1);

    [Fact]
    public void Gateway_CrashesAgainAndAgain_KeepsItsPromises()
    {
        var (runs, broken, tally) = Soak.Run(Seed, Runs, TimeSpan.FromSeconds(Seconds));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs:N0} runs: {tally}"));
        Assert.True(broken is null, $"After {runs} runs, {broken}\nTo repeat it: SIMULATION_RUNS=1 and SIMULATION_SEED=that seed.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
