using System.Diagnostics;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>
/// Engine and oracle say the same of random rule sets and random courses. RULES_FUZZ_SEED repeats one seed; RULES_FUZZ_SECONDS looks for that long.
/// </summary>
public class DifferentialTests
{
    private const int RuleSets = 300;
    private const int InputsEach = 600;

    [Fact]
    public void Engine_RandomRulesAndCourses_AgreesWithTheOracle()
    {
        var (seconds, only) = (FuzzSeeds.Seconds, FuzzSeeds.Only);
        var first = only ?? (seconds is null ? 1 : Environment.TickCount & 0xFFFFFF);
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var watch = Stopwatch.StartNew();
        var transitions = 0;
        var cases = 0;
        for (var seed = first; only is not null ? seed == first : seconds is { } limit ? watch.Elapsed.TotalSeconds < limit : cases < RuleSets; seed++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = DifferentialCase.Of(seed, InputsEach);
            if (random.Run(out var told) is { } difference)
            {
                var (smallest, last) = Shrinker.Shrink(random, difference);
                Assert.Fail($"seed {seed}: engine and oracle differ\n{smallest.ToText(last)}");
            }

            transitions += told;
            cases++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} rule sets, {cases * InputsEach} inputs, {transitions} transitions, {watch.Elapsed.TotalSeconds:0.0} s");

        // A course in which nothing happens would prove nothing.
        Assert.True(only is not null || transitions > cases * 50, $"{transitions} transitions");
    }
}
