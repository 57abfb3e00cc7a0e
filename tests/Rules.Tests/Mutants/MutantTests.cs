using IoTGateway.Rules.Tests.Differential;
using IoTGateway.Tests.Support.Mutants;

namespace IoTGateway.Rules.Tests.Mutants;

/// <summary>The differential search bites: it catches each of the known mistakes, and nothing in an engine without one.</summary>
public class MutantTests
{
    private const int CasesAtMost = 2_000;
    private static readonly TimeSpan TimeAtMost = TimeSpan.FromMinutes(4);

    /// <summary>Those that take a long search; RULES_MUTANTS=all hunts for them too.</summary>
    private static readonly HashSet<string> SlowToCatch = new(StringComparer.Ordinal)
    {
        "counts another value of the same time twice",
        "does not know earlier names",
        "does not hash `for`",
        "reaches the lowest of several levels",
        "goes through all rows of a score",
        "adds the lower ends for the upper",
        "rounds half to even",
        "waits on for what nobody listened to",
        "forgets whether a window holds the newest sample in a snapshot",
        "takes missing for unknown",
        "tells nobody that a value is out of date",
        "takes late samples into one pane too few",
    };

    [Fact]
    public void DifferentialSearch_EveryKnownMistake_IsCaught()
    {
        var compiler = Compiler();
        var misplaced = compiler.Misplaced(KnownMistakes.All);
        Assert.True(misplaced.Count == 0, "Their text must stand in the code exactly once:\n" + string.Join('\n', misplaced));

        var all = Environment.GetEnvironmentVariable("RULES_MUTANTS") == "all";
        var (outcomes, missed) = MutantHunt.Run(
            [.. KnownMistakes.All.Where(mutant => all || !SlowToCatch.Contains(mutant.Name))], mutant => Search(compiler, mutant, CasesAtMost), TimeAtMost * 2, TestContext.Current.CancellationToken);
        foreach (var outcome in outcomes)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(outcome.Split('\n')[0]);
        }

        Assert.True(missed.Count == 0, "Not caught:\n" + string.Join('\n', missed));
    }

    /// <summary>What is caught is the mistake, not the way it was compiled.</summary>
    [Fact]
    public void DifferentialSearch_NoMistake_CatchesNothing() => Assert.Null(Search(Compiler(), mutant: null, cases: 20));

    /// <summary>What needs a source generator is taken from the assembly of the rules; everything else that is compiled here stands before it.</summary>
    private static MutantCompiler Compiler() => new(
        "IoTGateway.Rules.Tests",
        ["src/Rules", "tests/Rules.Tests/Oracle", "tests/Rules.Tests/Differential", "tests/Rules.Tests/Support/Expressions.cs"],
        ["IoTGateway.Rules.Tests.dll"],
        leftOut: ["Scenarios/", "Backtesting/", "RuleWords.cs"],
        "Xunit");

    private static string? Search(MutantCompiler compiler, Mutant? mutant, int cases)
    {
        var search = compiler.Compile<Func<int, int, TimeSpan, bool, (int Cases, int Transitions, string? Difference)>>(
            mutant, typeof(DifferentialSearch).FullName!, nameof(DifferentialSearch.Run));
        return search(1, cases, TimeAtMost, false).Difference;
    }
}
