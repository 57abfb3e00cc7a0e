using IoTGateway.Readings.Clocks;

namespace IoTGateway.Readings.Tests.Clocks;

/// <summary>What teaches a clock's offset, and what must not.</summary>
public class ClockOffsetLearnerTests
{
    private const long Start = 1_700_000_000_000;
    private const int Seed = 20261128;

    private readonly ClockOffsetLearner _learner = new();
    private long _now = Start;

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(5.5)]
    [InlineData(-1_000_000_000)]
    public void Take_PacedReadings_TeachTheOffset(double slowSeconds)
    {
        Assert.Equal(1, Pace(31, 1, slowSeconds));

        Assert.Equal(slowSeconds, _learner.Learned.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(7, 60)]
    [InlineData(30, 1)]
    public void Take_FewerThan8OrLessThan30Seconds_TeachNothing(int readings, int everySeconds)
    {
        Assert.Equal(0, Pace(readings, everySeconds, 300));
        Assert.Equal(TimeSpan.Zero, _learner.Learned);
    }

    [Fact]
    public void Take_DelayedByUpTo2Seconds_TeachesTheOffsetAndTheLeastDelay()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var index = 0; index < 40; index++)
        {
            Read(300, delay: 0.05 + (random.NextDouble() * 1.9));
            _now += 1_000;
        }

        Assert.InRange(_learner.Learned.TotalSeconds, 300.05, 300.6);
    }

    [Fact]
    public void Take_ConstantDelayBelow5Seconds_IsNotTakenForAnOffset()
    {
        Pace(120, 1, 4.9);

        Assert.Equal(TimeSpan.Zero, _learner.Learned);
    }

    [Fact]
    public void Take_BacklogFasterThanItsOwnTime_TeachesNothing()
    {
        // Two hours of a reading a minute, sent in two minutes; then the present, at its own pace.
        var begin = _now - 7_200_000;
        for (var index = 0; index < 120; index++)
        {
            Assert.Equal(ClockLesson.None, _learner.Take(new Instant(begin + (index * 60_000)), new Instant(_now)));
            _now += 1_000;
        }

        Assert.Equal(0, Pace(60, 1, 0));
        Assert.Equal(TimeSpan.Zero, _learner.Learned);
    }

    [Fact]
    public void Take_BacklogBetweenPresentReadings_TeachesNothing()
    {
        for (var index = 0; index < 60; index++)
        {
            Read(0);
            Read(7_200 - (index * 0.9));
            _now += 1_000;
        }

        Assert.Equal(TimeSpan.Zero, _learner.Learned);
    }

    [Fact]
    public void Take_ClockIsSet_IsLearnedAgainOnceStable()
    {
        Pace(40, 1, 300);
        Assert.Equal(300, _learner.Learned.TotalSeconds, 3);

        Assert.Equal(0, Pace(29, 1, 0));
        Assert.Equal(1, Pace(10, 1, 0));

        Assert.Equal(TimeSpan.Zero, _learner.Learned);
    }

    [Fact]
    public void Take_ClockDrifts_IsLearnedAgainEach2Seconds()
    {
        // 1 % slow: 36 s an hour.
        var lessons = 0;
        for (var second = 0; second < 3_600; second++)
        {
            lessons += Read(300 + (second * 0.01)) == ClockLesson.Learned ? 1 : 0;
            Assert.True(second < 40 || Math.Abs(_learner.Learned.TotalSeconds - (300 + (second * 0.01))) < 3, $"at {second} s");
            _now += 1_000;
        }

        Assert.InRange(lessons, 10, 20);
    }

    [Fact]
    public void Take_SameOrOlderMoment_IsNoStep()
    {
        var measured = new Instant(_now - 300_000);
        for (var index = 0; index < 100; index++)
        {
            Assert.Equal(ClockLesson.None, _learner.Take(measured, new Instant(_now + (index * 10))));
            Assert.Equal(ClockLesson.None, _learner.Take(new Instant(measured.UnixMilliseconds - index), new Instant(_now + (index * 10))));
        }

        Assert.Equal(1, _learner.Run.Count);
    }

    [Fact]
    public void Take_OffsetNear5Seconds_DoesNotSwing()
    {
        Pace(31, 1, 5.5);
        var lessons = Enumerable.Range(0, 10).Sum(index => Pace(31, 1, index % 2 == 0 ? 4.6 : 5.6));

        Assert.Equal(0, lessons);
        Assert.Equal(5.5, _learner.Learned.TotalSeconds, 3);
    }

    [Fact]
    public void Run_TakenOverByAnother_GoesOn()
    {
        Pace(20, 1, 300);
        var other = new ClockOffsetLearner { Learned = _learner.Learned, Run = _learner.Run };
        Pace(11, 1, 300);

        var now = _now - 11_000;
        for (var index = 0; index < 11; index++)
        {
            other.Take(new Instant(now - 300_000), new Instant(now));
            now += 1_000;
        }

        Assert.Equal(_learner.Learned, other.Learned);
        Assert.Equal(_learner.Run, other.Run);
        Assert.NotEqual(TimeSpan.Zero, other.Learned);
    }

    private int Pace(int readings, int everySeconds, double slowSeconds)
    {
        var lessons = 0;
        for (; readings > 0; readings--)
        {
            lessons += Read(slowSeconds) == ClockLesson.Learned ? 1 : 0;
            _now += everySeconds * 1_000;
        }

        return lessons;
    }

    private ClockLesson Read(double slowSeconds, double delay = 0) =>
        _learner.Take(new Instant(_now - (long)(slowSeconds * 1_000)), new Instant(_now + (long)(delay * 1_000)));
}
