using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Sharding;

public class ShardedRuleEngineTests
{
    private readonly List<AlertTransition> _output = [];

    [Theory, InlineData(0), InlineData(-1), InlineData(ShardedRuleEngine.MostShards + 1)]
    public void Constructor_NoOrTooManyShards_Refuses(int shards) => Assert.Throws<ArgumentOutOfRangeException>(() => new ShardedRuleEngine(shards));

    [Fact]
    public void IngestMany_UnknownHandle_TakesNothingInAndGoesOn()
    {
        using var engine = Begin();
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.IngestMany([(0, A(40)), (99, A(40))], _output));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Ingest(-1, A(40), _output));
        Assert.Empty(_output);
        Assert.Empty(engine.LatestValues("p0"));
        engine.IngestMany([(0, A(40))], _output);
        Assert.Single(_output);
    }

    [Fact]
    public void IngestMany_HandleOfSomebodyWhoLeft_Refuses()
    {
        using var engine = Begin();
        engine.RemovePatient("p3", TestWard.At(0), "discharged", _output);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.IngestMany([(3, A(40))], _output));
    }

    [Fact]
    public void IngestMany_Nothing_TellsNothing()
    {
        using var engine = Begin();
        engine.IngestMany([], _output);
        Assert.Empty(_output);
    }

    [Fact]
    public void IngestMany_OneShardFails_RefusesEverythingFromThenOn()
    {
        using var engine = Begin();
        var broken = A(40);
        broken.Values.Add(default); // A value without its signal.
        Assert.Throws<NullReferenceException>(() => engine.IngestMany([(0, A(40)), (5, broken), (7, A(40))], _output));
        Assert.Empty(_output);
        var rules = engine.Rules!;
        Assert.All<Action>(
            [
                () => engine.IngestMany([(0, A(40))], _output), () => engine.Ingest(0, A(40), _output), () => engine.Advance(TestWard.At(9), _output),
                () => engine.Load(rules, TestWard.At(9), _output), () => engine.SetPatient(Profile(0), TestWard.At(9), _output),
                () => engine.RemovePatient("p0", TestWard.At(9), "discharged", _output), () => engine.ResetPatient("p0", TestWard.At(9), "another device", _output),
                () => engine.WaitAnew(TestWard.At(9)), () => engine.Save(new ArrayBufferWriter<byte>()), () => engine.Explain("p0", "X"), () => engine.LatestValues("p0"),
            ],
            call => Assert.IsType<NullReferenceException>(Assert.Throws<InvalidOperationException>(call).InnerException));
    }

    [Fact]
    public void Restore_NoState_ThrowsAndGoesOn()
    {
        using var engine = Begin();
        Assert.Throws<InvalidDataException>(() => engine.Restore(engine.Rules!, [1, 2, 3, 4]));
        engine.IngestMany([(0, A(40))], _output);
        Assert.Single(_output);
    }

    [Fact]
    public void Save_WhileMigrating_Refuses()
    {
        using var engine = Begin();
        engine.Load(TestRules.Rule("when: a < 45"), TestWard.At(1), _output);
        Assert.True(engine.IsMigrating);
        Assert.Throws<InvalidOperationException>(() => engine.Save(new ArrayBufferWriter<byte>()));
        engine.Advance(TestWard.At(1), _output);
        engine.Save(new ArrayBufferWriter<byte>());
    }

    [Fact]
    public void Dispose_Twice_RefusesEverythingFromThenOn()
    {
        var engine = Begin();
        engine.Dispose();
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Ingest(0, A(40), _output));
        Assert.Throws<ObjectDisposedException>(() => engine.LatestValues("p0"));
    }

    [Fact]
    public void Dispose_OfThreads_LeavesNone()
    {
        var threads = new ShardThreads(4);
        var ran = new int[4];
        threads.Run(shard => ran[shard] = Environment.CurrentManagedThreadId);
        Assert.Equal(4, ran.Distinct().Count());
        Assert.True(threads.AnyAlive);
        threads.Dispose();
        Assert.False(threads.AnyAlive);
    }

    [Fact]
    public void Run_SeveralShardsFail_ThrowsTheFirstAndLetsTheOthersFinish()
    {
        using var threads = new ShardThreads(4);
        var ran = new bool[4];
        var failure = Assert.Throws<InvalidOperationException>(() => threads.Run(shard =>
        {
            ran[shard] = true;
            if (shard is 1 or 2)
            {
                throw new InvalidOperationException($"shard {shard}");
            }
        }));
        Assert.Equal("shard 1", failure.Message);
        Assert.All(ran, Assert.True);
    }

    private ShardedRuleEngine Begin()
    {
        var engine = new ShardedRuleEngine(3, leastWorkForThreads: 0);
        engine.Load(TestRules.Rule("when: a < 50"), TestWard.At(0), _output);
        for (var patient = 0; patient < 10; patient++)
        {
            Assert.Equal(patient, engine.SetPatient(Profile(patient), TestWard.At(0), _output));
        }

        return engine;
    }

    private static PatientProfile Profile(int patient) => new($"p{patient}", "W", [], ["a"]) { Population = Population.Adult };

    private static Reading A(double value)
    {
        var reading = new Reading { ReceivedTime = TestWard.At(1), CorrectedTime = TestWard.At(1) };
        reading.Values.Add(new SignalValue(TestRules.Rule("when: a < 50").Catalogue.Find("a")!, value, Quality.Valid));
        return reading;
    }
}
