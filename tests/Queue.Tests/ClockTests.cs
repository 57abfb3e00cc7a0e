using IoTGateway.Queue.Records;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

/// <summary>The time of the log while the wall clock is wrong, or is put right.</summary>
public class ClockTests : LogTest
{
    private static readonly TimeSpan ThreeDays = TimeSpan.FromDays(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Open_ClockRanAheadBeforeTheStart_TimeGoesOnFromTheNewestRecord()
    {
        using (var ahead = Open())
        {
            await AppendAsync(ahead, "a", "1");
        }

        var newest = Clock.GetUtcNow();
        Clock.Set(-ThreeDays);
        using var log = Open();
        Clock.Advance(TimeSpan.FromSeconds(50));
        await AppendAsync(log, "a", "2");

        // Slower by a thousandth.
        Assert.Equal(newest + TimeSpan.FromSeconds(49.95), log.Clock.GetUtcNow());
        Assert.Equal([newest, newest + TimeSpan.FromSeconds(49.95)], TimesOf(log));
    }

    [Fact]
    public async Task Open_ClockRanAheadBeforeTheStart_IsToldOnceUntilItHasCaughtUp()
    {
        using (var ahead = Open())
        {
            await AppendAsync(ahead, "a", "1");
        }

        Clock.Set(-ThreeDays);
        for (var start = 0; start < 2; start++)
        {
            using var behind = Open();
            await AppendAsync(behind, "a", "2");
            Assert.Equal([new ClockRecord(ThreeDays, TimeSpan.Zero)], Changes(behind));
        }

        Clock.Set(ThreeDays + TimeSpan.FromSeconds(10));
        using var log = Open();
        await AppendAsync(log, "a", "3");

        Assert.Equal([new ClockRecord(ThreeDays, TimeSpan.Zero), default], Changes(log));
        Assert.Equal(Clock.GetUtcNow(), log.Clock.GetUtcNow());
    }

    [Fact]
    public void GetUtcNow_TimePassesBetweenItsTwoReadings_NeverRunsAhead()
    {
        using var log = Open();
        for (var reading = 0; reading < 100; reading++)
        {
            var wait = TimeSpan.FromSeconds(1);
            Clock.WhenRead = () =>
            {
                Clock.Advance(wait);
                wait = TimeSpan.Zero;
            };
            var time = log.Clock.GetUtcNow();
            Clock.WhenRead = null;
            Assert.InRange(time, Clock.GetUtcNow() - TimeSpan.FromSeconds(1), Clock.GetUtcNow());
            Assert.Equal(Clock.GetUtcNow(), log.Clock.GetUtcNow());
        }
    }

    [Fact]
    public async Task SetBack_WhileRunning_TimeGoesOnAndItIsTold()
    {
        using var log = Open();
        await AppendAsync(log, "a", "1");
        var before = Clock.GetUtcNow();
        Clock.Set(-TimeSpan.FromHours(2));
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(before + TimeSpan.FromSeconds(9.99), log.Clock.GetUtcNow());
        await Eventually.HoldsAsync("the change is recorded", Patience, () => Changes(log) is [{ Behind.TotalHours: > 1.99 and < 2.01, Jumped.Ticks: 0 }], Cancellation);
    }

    [Fact]
    public void SetBack_ByTwoSeconds_CatchesUpAndIsNotTold()
    {
        using var log = Open();
        Clock.Set(-TimeSpan.FromSeconds(2));
        var last = log.Clock.GetUtcNow();
        for (var minute = 0; minute < 34; minute++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.InRange((log.Clock.GetUtcNow() - last).TotalSeconds, 59.9, 60);
            last = log.Clock.GetUtcNow();
        }

        Assert.Equal(Clock.GetUtcNow(), last);
        Assert.Equal(TimeSpan.Zero, log.Clock.WallClockBehind);
        Assert.Empty(Changes(log));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(3 * 86_400, true)]
    public async Task JumpAhead_WhileRunning_IsFollowedAndToldFromAMinuteOn(int seconds, bool isTold)
    {
        using var log = Open();
        Clock.Set(TimeSpan.FromSeconds(seconds));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AppendAsync(log, "a", "1");

        Assert.Equal(Clock.GetUtcNow(), log.Clock.GetUtcNow());
        Assert.Equal(Clock.GetUtcNow(), TimesOf(log)[^1]);
        Assert.Equal(isTold, Changes(log) is [{ Behind.Ticks: 0, Jumped.TotalSeconds: > 3 * 86_400 - 2 }]);
        Assert.Equal(isTold ? 1 : 0, Changes(log).Count);
    }

    [Fact]
    public async Task SetBack_CheckpointAndItsSegmentGone_IsNotToldAgain()
    {
        using (var ahead = Open(Options(segmentSizeBytes: 4_096)))
        {
            await AppendAsync(ahead, "a", "1");
            Clock.Set(-ThreeDays);
            Clock.Advance(TimeSpan.FromSeconds(1));
            for (var record = 0; record < 100; record++)
            {
                await AppendAsync(ahead, "a", new string('x', 100));
            }

            await Eventually.HoldsAsync(
                "a checkpoint stands behind the change", Patience, () => ahead.Checkpoints.NewestPosition("log") > new LogPosition(4_096), Cancellation);
        }

        using var log = Open(Options(segmentSizeBytes: 4_096));
        await AppendAsync(log, "a", "2");
        Assert.Single(Changes(log));
    }

    private static List<ClockRecord> Changes(DurableLog log)
    {
        var found = new List<ClockRecord>();
        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Clock));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add(ClockRecord.Read(record.Body));
            }
        }

        return found;
    }

    private static List<DateTimeOffset> TimesOf(DurableLog log)
    {
        var found = new List<DateTimeOffset>();
        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Reading));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeUnixMilliseconds));
            }
        }

        return found;
    }
}
