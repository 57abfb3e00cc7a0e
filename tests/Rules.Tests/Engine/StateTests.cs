using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

public class StateTests
{
    /// <summary>Here a window that had lost all its samples once came back without knowing that the newest was not among them.</summary>
    private const int SeedOfAnEmptiedWindow = 47134981;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SaveAndRestore_AtRandomPoints_ChangesNothing(bool everything)
    {
        var rules = everything ? AllRules.Build() : ManyRules.Load();
        var first = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var transitions = 0;
        foreach (var seed in Enumerable.Range(first, 40).Prepend(SeedOfAnEmptiedWindow))
        {
            var plain = new RandomWard(rules, seed);
            var saved = new RandomWard(rules, seed);
            var random = new Random(seed);
            plain.Begin();
            saved.Begin();
            for (var step = 0; step < 400; step++)
            {
                if (random.Next(30) == 0)
                {
                    saved.Engine = Restored(rules, saved.Engine);
                }

                plain.Step();
                saved.Step();
            }

            Assert.True(plain.Lines().SequenceEqual(saved.Lines()), $"seed {seed}: {FirstDifference(plain.Lines(), saved.Lines())}");
            Assert.True(State(plain.Engine).AsSpan().SequenceEqual(State(saved.Engine)), $"seed {seed}: state");
            transitions += plain.Output.Count;
        }

        // A course in which nothing happens would prove nothing.
        Assert.True(transitions > 5_000, $"{transitions} transitions");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_TheSameRulesAtRandomPoints_ChangesNothing(bool everything)
    {
        var rules = everything ? AllRules.Build() : ManyRules.Load();
        var first = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        for (var seed = first; seed < first + 40; seed++)
        {
            var plain = new RandomWard(rules, seed, isPrompt: true);
            var reloaded = new RandomWard(rules, seed, isPrompt: true);
            var random = new Random(seed);
            plain.Begin();
            reloaded.Begin();
            for (var step = 0; step < 400; step++)
            {
                if (random.Next(30) == 0)
                {
                    // A reload fires what is due, so the other engine needs a tick at the same place. It is also an input of all patients: nothing
                    // happens before it any more, which is why all readings are prompt.
                    plain.Engine.Advance(plain.Now, plain.Output);
                    reloaded.Engine.Load(everything ? AllRules.Build() : ManyRules.Load(), reloaded.Now, reloaded.Output);
                }

                plain.Step();
                reloaded.Step();
            }

            Assert.True(plain.Lines().SequenceEqual(reloaded.Lines()), $"seed {seed}: {FirstDifference(plain.Lines(), reloaded.Lines())}");
        }
    }

    /// <summary>A host records only the ticks that changed something: the others must not be missed when it is done again after a restart.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Advance_ThatSaysNothingHasChanged_LeavesNoTrace(bool everything)
    {
        var rules = everything ? AllRules.Build() : ManyRules.Load();
        var first = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var silent = 0;
        var changed = 0;
        for (var seed = first; seed < first + 40; seed++)
        {
            var ward = new RandomWard(rules, seed);
            ward.Begin();
            for (var step = 0; step < 400; step++)
            {
                ward.Step();
                var before = State(ward.Engine);
                var said = ward.Output.Count;
                if (ward.Engine.Advance(ward.Now, ward.Output))
                {
                    changed++;
                    continue;
                }

                silent++;
                Assert.Equal(said, ward.Output.Count);
                Assert.True(before.AsSpan().SequenceEqual(State(ward.Engine)), $"seed {seed}, step {step}: a tick that changed nothing left a trace");
            }
        }

        Assert.True(silent > 2_000 && changed > 2_000, $"{silent} silent, {changed} changed");
    }

    [Fact]
    public void Edges_OrEveryChangeEvaluated_ComeToTheSame()
    {
        var rules = AllRules.Build();
        var first = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        var transitions = 0;
        for (var seed = first; seed < first + 40; seed++)
        {
            var quick = new RandomWard(rules, seed);
            var plain = new RandomWard(rules, seed) { Engine = new RuleEngine(usesEdges: false) };
            quick.Begin();
            plain.Begin();
            for (var step = 0; step < 400; step++)
            {
                quick.Step();
                plain.Step();
            }

            Assert.True(plain.Lines().SequenceEqual(quick.Lines()), $"seed {seed}: {FirstDifference(plain.Lines(), quick.Lines())}");
            transitions += plain.Output.Count;
        }

        Assert.True(transitions > 10_000, $"{transitions} transitions");
    }

    [Fact]
    public void OtherPatients_WhateverTheyDo_ChangeNothing()
    {
        var rules = ManyRules.Load();
        var alone = new TestWard(rules, "a");
        var together = new TestWard(rules, "a");
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var other = together.Engine.SetPatient(new PatientProfile("p2", "ICU", [], ["a", "b"]), TestWard.At(0), []);
        for (var second = 1; second < 2_000; second++)
        {
            together.Engine.Ingest(other, together.Reading(second, second, [], [("a", random.Next(0, 150)), ("b", random.Next(0, 150))]), []);
            var value = random.Next(0, 150);
            if (random.Next(3) == 0)
            {
                alone.Read(second, ("a", value));
                together.Read(second, ("a", value));
            }

            if (random.Next(3) == 0)
            {
                var others = new List<AlertTransition>();
                alone.Tick(second);
                together.Engine.Advance(TestWard.At(second), others);
                ((List<AlertTransition>)together.Output).AddRange(others.Where(transition => transition.Patient == "p1"));
            }
        }

        Assert.Equal(alone.Said(), together.Said());
        Assert.True(alone.Output.Count > 100, $"{alone.Output.Count} transitions");
    }

    [Fact]
    public void Restore_HandlesAndFreePlaces_StayWhatTheyWere()
    {
        var rules = ManyRules.Load();
        var engine = new RuleEngine();
        engine.Load(rules, default, []);
        var output = new List<AlertTransition>();
        var handles = Enumerable.Range(0, 40).Select(index => engine.SetPatient(Profile(index), default, output)).ToArray();
        engine.RemovePatient("p7", default, "x", output);
        engine.RemovePatient("p3", default, "x", output);
        var restored = Restored(rules, engine);
        Assert.Equal(handles[39], restored.SetPatient(Profile(39), default, output));
        Assert.Equal(engine.SetPatient(Profile(100), default, output), restored.SetPatient(Profile(100), default, output));
        Assert.Equal(handles[7], restored.SetPatient(Profile(101), default, output));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Ingest(handles[7], new Reading(), output));
        static PatientProfile Profile(int index) => new($"p{index}", "ICU", ["tag"], ["a"]);
    }

    [Fact]
    public void Restore_DamagedOrForeign_SaysSo()
    {
        var rules = ManyRules.Load();
        var ward = new TestWard(rules, "a").Read(1, ("a", 110), ("b", 150));
        var state = State(ward.Engine);
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => new RuleEngine().Restore(rules, state.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => new RuleEngine().Restore(rules, [.. state, 0]));
        Assert.Contains(
            "belongs to rule set",
            Assert.Throws<InvalidDataException>(() => new RuleEngine().Restore(TestRules.Rule("when: a > 100"), state)).Message,
            StringComparison.Ordinal);
        var newer = state.ToArray();
        newer[4] = 9;
        Assert.Contains(
            "format version 9", Assert.Throws<InvalidDataException>(() => new RuleEngine().Restore(rules, newer)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new RuleEngine().Restore(rules, State(new RuleEngine())));
    }

    [Fact]
    public void Restore_FlippedBits_NeverThrowAnythingElse()
    {
        var rules = ManyRules.Load();
        var state = State(new TestWard(rules, "a").Read(1, ("a", 110), ("b", 150)).Engine);
        for (var bit = 0; bit < state.Length * 8; bit++)
        {
            var damaged = state.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                new RuleEngine().Restore(rules, damaged);
            }
            catch (InvalidDataException)
            {
                // Most flips are found; one within a value cannot be, which is what the checkpoint's checksum is for.
            }
        }

        Assert.NotEmpty(state);
    }

    [Fact]
    public void State_FormatVersion3_IsWrittenAsDrawn()
    {
        var rules = TestRules.Rule("when: a > 100");
        var state = State(new TestWard(rules, "a").Read(1, ("a", 110)).Engine);
        Assert.Equal("IORE"u8, state.AsSpan(0, 4));
        Assert.Equal([3, 0, 0, 0, 64, 0, 0, 0], state[4..12]);
        Assert.Equal(rules.Version, System.Text.Encoding.UTF8.GetString(state, 12, 64));
        // 6 signals, no window, 1 rule, 1 handle, present, "p1", "ICU", population unknown.
        Assert.Equal([6, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1], state[76..93]);
        Assert.Equal([2, 0, 0, 0, (byte)'p', (byte)'1', 3, 0, 0, 0, (byte)'I', (byte)'C', (byte)'U', 0], state[93..107]);
        // No tags, one monitored signal "a", no limits, the clock, one signal of 48 bytes, no window, one alert of 35.
        const int Signals = 107 + 4 + (4 + 5) + 4 + 8;
        Assert.Equal(1_000, BitConverter.ToInt64(state, Signals - 8));
        Assert.Equal(Signals + 4 + 48 + 4 + 4 + 35, state.Length);
        Assert.Equal(110, BitConverter.ToDouble(state, Signals + 4 + 4));
        Assert.Equal((byte)AlertState.Active, state[Signals + 4 + 48 + 4 + 4 + 4]);
    }

    private static string FirstDifference(string[] expected, string[] actual)
    {
        var same = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"\n{expected.ElementAtOrDefault(same)}\n{actual.ElementAtOrDefault(same)}";
    }

    private static RuleEngine Restored(RuleSet rules, IRuleEngine engine)
    {
        var restored = new RuleEngine();
        restored.Restore(rules, State(engine));
        return restored;
    }

    private static byte[] State(IRuleEngine engine)
    {
        var buffer = new ArrayBufferWriter<byte>();
        engine.Save(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
