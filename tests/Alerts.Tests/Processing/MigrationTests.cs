using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>An engine that brings its patients under new rules some at a time: each of its ticks is recorded, and no checkpoint is made until it is done.</summary>
public sealed class MigrationTests
{
    private const int Seconds = 20;

    private static readonly RuleSet Stricter = TestRules.Compile(TestRules.Text.Replace("spo2 < 88", "spo2 < 92", StringComparison.Ordinal));

    [Fact]
    public void Restart_AtEverySecondOfAMigration_GivesTheSameEvents()
    {
        var cuts = new List<MemoryDisk>();
        using var whole = AlertProcessorTests.Ward(engine: () => new SlowlyMigratingEngine(), options: Often);
        for (var second = 0; second < Seconds; second++)
        {
            Step(whole, second);
            whole.Settle();
            cuts.Add(whole.Disk.Copy());
        }

        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low active"], whole.Story());
        Assert.InRange(whole.Ticks().Count, 5, 7);
        for (var cut = 0; cut < cuts.Count; cut++)
        {
            using var restarted = new TestGateway(cuts[cut], TestGateway.Start + TimeSpan.FromSeconds(cut + 1), Often, () => new SlowlyMigratingEngine());
            restarted.Consume();
            for (var second = cut + 1; second < Seconds; second++)
            {
                Step(restarted, second);
            }

            Assert.True(
                whole.Events().Select(happened => (happened.Status.Slug, happened.Status.State, happened.Time)).SequenceEqual(
                    restarted.Events().Select(happened => (happened.Status.Slug, happened.Status.State, happened.Time))),
                $"cut at {cut} s: {string.Join("; ", restarted.Story())}");
        }
    }

    [Fact]
    public void Migration_WhileItGoesOn_SavesNoCheckpointAndRecordsEachTick()
    {
        using var gateway = AlertProcessorTests.Ward(engine: () => new SlowlyMigratingEngine(), options: Often);
        gateway.Pass(3);
        var checkpoints = Checkpoints(gateway);
        gateway.Load(Stricter);
        var ticks = gateway.Ticks().Count;

        gateway.Pass(3);
        Assert.Equal(checkpoints, Checkpoints(gateway));
        Assert.Equal(ticks + 3, gateway.Ticks().Count);

        gateway.Pass(4);
        Assert.NotEqual(checkpoints, Checkpoints(gateway));
        Assert.Equal(ticks + 5, gateway.Ticks().Count);
    }

    private static AlertServiceOptions Often { get; } = new() { CheckpointInterval = TimeSpan.FromSeconds(2) };

    private static void Step(TestGateway gateway, int second)
    {
        if (second == 3)
        {
            gateway.Append(Queue.RecordKind.RuleSet, null, RuleSetRecord.Of(Stricter).Write());
        }

        gateway.Read("m1", "\"spo2\":90").Pass(1);
    }

    private static string Checkpoints(TestGateway gateway) =>
        string.Join(' ', gateway.Disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)));
}
