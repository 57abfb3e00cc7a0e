using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Differential;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Sharding;

/// <summary>How many shards there are cannot be seen: the same transitions in the same order, the same answers and the same saved bytes.</summary>
public class ShardInvisibilityTests
{
    private const int Cases = 25;
    private const int InputsEach = 600;
    private const int Patients = 12;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Shards_RandomRulesAndCourses_CannotBeSeen(int shards)
    {
        var (told, saved) = (0, 0);
        foreach (var seed in FuzzSeeds.Take(Cases))
        {
            var (inputs, sets) = Case(seed);
            using var one = new ShardRun(_ => new RuleEngine(), sets).Play(inputs);

            // Each fourth time one engine goes on from what the shards have saved, and they from what it has.
            using var many = new ShardRun(snapshot => snapshot % 4 == 2 ? new RuleEngine() : new ShardedRuleEngine(shards, leastWorkForThreads: 2), sets).Play(inputs);
            for (var input = 0; input < one.Told.Count; input++)
            {
                Assert.True(one.Told[input].SequenceEqual(many.Told[input]), $"seed {seed}, input {input}: one {Lines(one.Told[input])}, {shards} {Lines(many.Told[input])}");
            }

            Assert.True(one.Answers.SequenceEqual(many.Answers), $"seed {seed}: {one.Answers.Zip(many.Answers).FirstOrDefault(pair => pair.First != pair.Second)}");
            Assert.True(one.States.Zip(many.States).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)) && one.States.Count == many.States.Count, $"seed {seed}: other bytes");
            (told, saved) = (told + one.Told.Sum(it => it.Length), saved + one.States.Count);
        }

        Assert.True(FuzzSeeds.Only is not null || (told > Cases * 100 && saved > Cases * 3), $"{told} transitions, {saved} states: too few to prove anything");
    }

    /// <summary>What the shards told, one behind the other, or in the order of each shard's own handles, is something else: the test above would see it.</summary>
    [Fact]
    public void Shards_MergedShardByShard_WouldBeSeen()
    {
        var (readings, ticks) = (0, 0);
        using var sharded = new ShardedRuleEngine(3);
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var (inputs, sets) = Case(seed);
            using var one = new ShardRun(_ => new RuleEngine(), sets).Play(inputs);

            // A batch and what comes between two batches take turns.
            for (var input = 0; input < one.Told.Count; input++)
            {
                var isWrong = !one.Told[input].SequenceEqual(one.Told[input].OrderBy(transition => sharded.ShardOf(transition.Patient)));
                (readings, ticks) = input % 2 == 0 ? (readings + (isWrong ? 1 : 0), ticks) : (readings, ticks + (isWrong ? 1 : 0));
            }
        }

        Assert.True(readings > 50 && ticks > 20, $"{readings} batches and {ticks} other inputs would be told in another order");
    }

    [Fact]
    public void Load_MorePatientsThanOneAdvanceMigrates_GoesThroughThemAsOneEngineDoes()
    {
        const int Many = 2_500;
        RuleSet[] sets = [TestRules.Rule("when: a < 50", "for: 5 s"), TestRules.Rule("when: a < 60")];
        var inputs = new List<CourseInput> { new LoadInput(0, 0) };
        inputs.AddRange(Enumerable.Range(0, Many).Select(patient => new ProfileInput(0, new PatientProfile($"p{patient}", "W", [], ["a"]))));
        var signal = sets[0].Catalogue.Find("a")!;
        inputs.AddRange(Enumerable.Range(0, Many).Select(patient => new ReadingInput(1_000, $"p{patient}", 1_000, [new SignalValue(signal, patient % 3 == 0 ? 55 : 90, Quality.Valid)])));
        inputs.Add(new LoadInput(2_000, 1));
        inputs.AddRange(Enumerable.Range(1, 4).Select(tick => new AdvanceInput(2_000 + tick)));
        using var one = new ShardRun(_ => new RuleEngine(), sets).Play(inputs);
        using var many = new ShardRun(_ => new ShardedRuleEngine(3), sets).Play(inputs);
        Assert.Equal([334, 333, 167, 0], one.Told.Where((_, index) => index % 2 == 1).TakeLast(4).Select(told => told.Length));
        Assert.Equal(one.Told, many.Told);
        Assert.Equal(one.Answers, many.Answers);
    }

    /// <summary>A case in which those who leave come back only later, so that others get their handles.</summary>
    private static (List<CourseInput> Inputs, RuleSet[] Sets) Case(int seed)
    {
        const int AwayFor = 40;
        var course = DifferentialCase.Of(seed, InputsEach, Patients);
        var inputs = course.Inputs.ToList();
        for (var index = InputsEach - 2; index >= 0; index--)
        {
            if (inputs[index] is RemoveInput && inputs[index + 1] is ProfileInput back)
            {
                inputs.RemoveAt(index + 1);
                inputs.Insert(Math.Min(inputs.Count, index + AwayFor + index % AwayFor), back);
            }
        }

        return (inputs, [.. course.Sets.Select(EngineRules.Of)]);
    }

    private static string Lines(AlertTransition[] told) => string.Join("; ", told.Select(CourseRun.Line).DefaultIfEmpty("nothing"));
}
