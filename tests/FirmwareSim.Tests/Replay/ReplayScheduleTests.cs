using IoTGateway.FirmwareSim.Replay;
using IoTGateway.Readings;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.FirmwareSim.Tests.Replay;

public class ReplayScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 20, 40, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);

    /// <summary>From second 100 to second 160 of a recording.</summary>
    private readonly Recording _recording = RecordingReader.Read(
        new StringReader($"{RecordingReader.Header}\n100,a,hr,1\n130,a,hr,2\n160,b,hr,3\n"), "test");

    [Fact]
    public void Start_ByDefault_TheLastReadingIsNow() =>
        Assert.Equal(Now, (Schedule(null, ReplayStart.EndsNow).Start + TimeSpan.FromSeconds(160)).ToDateTimeOffset());

    [Fact]
    public void Start_Now_TheFirstReadingIsNow() =>
        Assert.Equal(Now, (Schedule(null, ReplayStart.BeginsNow).Start + TimeSpan.FromSeconds(100)).ToDateTimeOffset());

    [Fact]
    public void Start_AtATime_IsSecondZero()
    {
        var time = Instant.From(Now.AddYears(-1));
        Assert.Equal(time, Schedule(null, ReplayStart.At(time)).Start);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(10, 3)]
    [InlineData(0.5, 60)]
    public async Task WaitForAsync_Speed_DividesTheTimeSinceTheFirstReading(double speed, double seconds)
    {
        var schedule = Schedule(speed, ReplayStart.EndsNow);
        Assert.True(Wait(schedule, 100).IsCompleted);
        var waiting = Wait(schedule, 130);
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void WaitForAsync_BehindTime_DoesNotWait()
    {
        var schedule = Schedule(1, ReplayStart.EndsNow);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Wait(schedule, 160).IsCompletedSuccessfully);
    }

    [Fact]
    public void WaitForAsync_AsFastAsItGoes_DoesNotWait() => Assert.True(Wait(Schedule(null, ReplayStart.EndsNow), 160).IsCompletedSuccessfully);

    [Fact]
    public async Task WaitForAsync_LongerThanATimerHolds_WaitsAllTheSame()
    {
        var schedule = Schedule(0.00001, ReplayStart.EndsNow);
        var waiting = Wait(schedule, 160);
        _clock.Advance(TimeSpan.FromDays(30));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.False(waiting.IsCompleted);
        for (var day = 60; day < 70; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private ReplaySchedule Schedule(double? speed, ReplayStart start) => new(_recording, speed, start, _clock);

    private static Task Wait(ReplaySchedule schedule, int second) =>
        schedule.WaitForAsync(TimeSpan.FromSeconds(second), TestContext.Current.CancellationToken).AsTask();
}
