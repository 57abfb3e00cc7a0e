using System.Collections.Immutable;
using IoTGateway.Rules.Tests.Differential;
using IoTGateway.Rules.Tests.Oracle;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Properties;

/// <summary>What may happen beside a patient's course without changing anything that is said of that patient.</summary>
public class InvisibilityTests
{
    private const int Cases = 60;
    private const int InputsEach = 400;

    /// <summary>A load is an instant of its own, so the other engine is told of the same instant by what else moves every clock: ticks and profiles.</summary>
    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void Load_OfTheSameRules_ChangesNothing(string engine) => ForEach(engine, (seed, plain) =>
    {
        var random = new Random(seed);
        var profiles = new SortedDictionary<string, ProfileInput>(StringComparer.Ordinal);
        var (loads, instants) = (ImmutableArray.CreateBuilder<CourseInput>(), ImmutableArray.CreateBuilder<CourseInput>());
        var set = 0;
        foreach (var input in plain.Inputs)
        {
            set = input is LoadInput load ? load.Set : set;
            if (input is ProfileInput profile)
            {
                profiles[profile.Profile.Patient] = profile;
            }
            else if (input is RemoveInput removed)
            {
                profiles.Remove(removed.Patient);
            }

            loads.Add(input);
            instants.Add(input);
            if (random.Next(15) == 0)
            {
                loads.Add(new LoadInput(input.Time, set));
                instants.Add(new AdvanceInput(input.Time));
                instants.AddRange(profiles.Values.Select(known => known with { Time = input.Time }));
            }
        }

        return (plain with { Inputs = loads.ToImmutable() }, plain with { Inputs = instants.ToImmutable() });
    });

    [Theory, InlineData(Engines.Engine)]
    public void Snapshot_RestoredIntoAnotherEngine_ChangesNothing(string engine) => ForEach(engine, (seed, plain) =>
    {
        var random = new Random(seed);
        var saved = plain.Inputs.SelectMany(input => random.Next(10) == 0 ? [input, new SnapshotInput(input.Time)] : new[] { input });
        return (plain with { Inputs = [.. saved] }, plain with { Inputs = plain.Inputs.RemoveAll(input => input is SnapshotInput) });
    });

    /// <summary>Edges only spare work: without them every value is looked at by every rule that reads its signal.</summary>
    [Fact]
    public void Edges_UsedOrNot_ChangeNothing() => ForEach(seed =>
    {
        // A snapshot would go on in an engine that uses them.
        var course = DifferentialCase.Of(seed, InputsEach);
        course = course with { Inputs = course.Inputs.RemoveAll(input => input is SnapshotInput) };
        return (Said(new RuleEngine(usesEdges: true), course), Said(new RuleEngine(usesEdges: false), course));
    });

    [Theory, InlineData(Engines.Oracle), InlineData(Engines.Engine)]
    public void OtherPatients_WhateverTheyDo_ChangeNothing(string engine) => ForEach(engine, (_, plain) => (plain, plain with
    {
        Inputs = plain.Inputs.RemoveAll(input => input is ReadingInput { Patient: "p1" } or ResetInput { Patient: "p1" } or RemoveInput { Patient: "p1" } or ProfileInput { Profile.Patient: "p1" }),
    }));

    private static void ForEach(string engine, Func<int, DifferentialCase, (DifferentialCase One, DifferentialCase Other)> vary) => ForEach(seed =>
    {
        var (one, other) = vary(seed, DifferentialCase.Of(seed, InputsEach));
        return (Said(New(), other), Said(New(), one));

        IRuleEngine New() => engine == Engines.Oracle ? new OracleEngine() : new RuleEngine();
    });

    private static void ForEach(Func<int, (List<string> Expected, List<string> Told)> run)
    {
        var lines = 0;
        foreach (var seed in FuzzSeeds.Take(Cases))
        {
            var (expected, told) = run(seed);
            Assert.True(expected.SequenceEqual(told), $"seed {seed}: {FirstDifference(expected, told)}");
            lines += expected.Count;
        }

        Assert.True(FuzzSeeds.Only is not null || lines > Cases * 30, $"{lines} transitions: too few to prove anything");
    }

    private static List<string> Said(IRuleEngine engine, DifferentialCase course)
    {
        var run = course.Begin(engine);
        foreach (var input in course.Inputs)
        {
            run.Take(input);
        }

        run.Finish();
        return run.Lines.GetValueOrDefault("p0") ?? [];
    }

    private static string FirstDifference(List<string> expected, List<string> told)
    {
        var agreed = expected.Zip(told).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"expected {expected.ElementAtOrDefault(agreed) ?? "nothing"}, told {told.ElementAtOrDefault(agreed) ?? "nothing"}";
    }
}
