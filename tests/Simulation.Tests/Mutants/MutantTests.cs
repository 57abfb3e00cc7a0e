using System.Collections.Concurrent;
using System.Globalization;

namespace IoTGateway.Simulation.Tests.Mutants;

public class MutantTests
{
    private const int RunsAtMost = 20_000;
    private static readonly TimeSpan TimeAtMost = TimeSpan.FromSeconds(90);

    [Fact]
    public void Simulation_EveryKnownMistake_IsCaught()
    {
        var compiler = new MutantCompiler();
        var notOnce = KnownMistakes.All.Where(mutant => compiler.Occurrences(mutant) != 1).Select(mutant => $"{mutant.Name}: {compiler.Occurrences(mutant)}").ToList();
        Assert.True(notOnce.Count == 0, "Their text must stand in the code exactly once:\n" + string.Join('\n', notOnce));

        var outcomes = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        Parallel.ForEach(
            KnownMistakes.All,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken },
            mutant => outcomes[mutant.Name] = Catch(compiler, mutant));

        foreach (var mutant in KnownMistakes.All)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{mutant.Name} | {outcomes[mutant.Name] ?? "NOT CAUGHT"}");
        }

        var missed = KnownMistakes.All.Where(mutant => outcomes[mutant.Name] is null).Select(mutant => mutant.Name).ToList();
        Assert.True(missed.Count == 0, "Not caught:\n" + string.Join('\n', missed));
    }

    /// <summary>What is caught is the mistake, not the way it was compiled.</summary>
    [Fact]
    public void Simulation_NoMistake_CatchesNothing()
    {
        var (_, broken, _) = new MutantCompiler().Compile(mutant: null)(1, 300, TimeAtMost);
        Assert.Null(broken);
    }

    private static string? Catch(MutantCompiler compiler, Mutant mutant)
    {
        var soak = compiler.Compile(mutant);
        (int Runs, string? Broken, string Tally) result = default;
        var thread = new Thread(() => result = soak(1, RunsAtMost, TimeAtMost)) { IsBackground = true };
        thread.Start();
        if (!thread.Join(TimeAtMost * 2))
        {
            return null; // It hangs: nothing was checked.
        }

        return result.Broken is { } broken ? string.Create(CultureInfo.InvariantCulture, $"{result.Runs} | {broken}") : null;
    }
}
