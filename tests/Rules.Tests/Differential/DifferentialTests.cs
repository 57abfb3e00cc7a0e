using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>
/// Engine and oracle say the same of random rule sets and random courses. RULES_FUZZ_SEED repeats one seed; RULES_FUZZ_SECONDS looks for that long, from
/// that seed or from anywhere.
/// </summary>
public class DifferentialTests
{
    private const int RuleSets = 300;

    [Fact]
    public void Engine_RandomRulesAndCourses_AgreesWithTheOracle()
    {
        var first = FuzzSeeds.Only ?? (FuzzSeeds.Seconds is null ? 1 : Environment.TickCount & 0xFFFFFF);
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var (most, time) = FuzzSeeds.Seconds is { } seconds ? (int.MaxValue, TimeSpan.FromSeconds(seconds))
            : (FuzzSeeds.Only is null ? RuleSets : 1, TimeSpan.FromMinutes(10));
        var (cases, transitions, difference) = DifferentialSearch.Run(first, most, time, shrink: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} rule sets of {DifferentialSearch.InputsEach} inputs, {transitions} transitions");
        Assert.True(difference is null, difference);

        // A course in which nothing happens would prove nothing, nor would one that was cut short.
        Assert.True(FuzzSeeds.Only is not null || (transitions > cases * 50 && (FuzzSeeds.Seconds is not null || cases == RuleSets)), $"{cases} cases, {transitions} transitions");
    }
}
