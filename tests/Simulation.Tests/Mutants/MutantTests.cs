using System.Globalization;
using IoTGateway.Tests.Support.Mutants;

namespace IoTGateway.Simulation.Tests.Mutants;

public class MutantTests
{
    private const int RunsAtMost = 20_000;
    private static readonly TimeSpan TimeAtMost = TimeSpan.FromSeconds(90);

    [Fact]
    public void Simulation_EveryKnownMistake_IsCaught()
    {
        var compiler = Compiler();
        var misplaced = compiler.Misplaced(KnownMistakes.All);
        Assert.True(misplaced.Count == 0, "Their text must stand in the code exactly once:\n" + string.Join('\n', misplaced));

        var (outcomes, missed) = MutantHunt.Run(
            KnownMistakes.All, mutant => Soak(compiler, mutant, RunsAtMost), TimeAtMost * 2, TestContext.Current.CancellationToken);
        foreach (var outcome in outcomes)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(outcome);
        }

        Assert.True(missed.Count == 0, "Not caught:\n" + string.Join('\n', missed));
    }

    /// <summary>What is caught is the mistake, not the way it was compiled.</summary>
    [Fact]
    public void Simulation_NoMistake_CatchesNothing() => Assert.Null(Soak(Compiler(), mutant: null, runs: 300));

    /// <summary>The real disk needs a source generator and is not used here.</summary>
    private static MutantCompiler Compiler() => new(
        "IoTGateway.Simulation.Tests", // The broker lets it see what is internal; the types that are compiled here stand before its own.
        ["src/Queue", "src/Broker/Sessions", "tests/Simulation.Tests"],
        ["IoTGateway.Queue.dll", "IoTGateway.Simulation.Tests.dll"],
        leftOut: ["RealDisk.cs"]);

    private static string? Soak(MutantCompiler compiler, Mutant? mutant, int runs)
    {
        var soak = compiler.Compile<Func<int, int, TimeSpan, (int Runs, string? Broken, string Tally)>>(
            mutant, typeof(Soak).FullName!, nameof(Simulation.Tests.Soak.Run));
        var (done, broken, _) = soak(1, runs, TimeAtMost);
        return broken is null ? null : string.Create(CultureInfo.InvariantCulture, $"{done} | {broken}");
    }
}
