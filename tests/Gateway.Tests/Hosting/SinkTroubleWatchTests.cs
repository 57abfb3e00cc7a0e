using IoTGateway.Hosting;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Storage;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Gateway.Tests.Hosting;

public sealed class SinkTroubleWatchTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("iotgateway-");
    private readonly DurableLog _log;
    private readonly SinkTroubleWatch _watch;

    public SinkTroubleWatchTests()
    {
        _log = DurableLog.Open(new LogOptions { Directory = _directory.FullName }, new RealDisk(), _clock, []);
        _watch = new SinkTroubleWatch([], _log, _clock);
    }

    private Instant Now => Instant.Now(_clock);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        _log.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Look_NeedsSomebody_IsToldAtOnceAndOnce()
    {
        var state = new SinkState { RetryingSince = Now, LastError = "set the token.", NeedsSomebody = true };

        Look(state);
        Pass(TimeSpan.FromSeconds(1));
        Look(state);

        Assert.Equal([new SinkTroubleRecord("influx", true, Noon.ToUnixTimeMilliseconds(), "set the token.")], Told());
    }

    [Fact]
    public void Look_OnlyAway_IsToldAfterAQuarterOfAnHour()
    {
        var state = new SinkState { RetryingSince = Now, LastError = "cannot be reached." };

        Look(state);
        Pass(TimeSpan.FromSeconds((15 * 60) - 1));
        Look(state);
        Assert.Empty(Told());
        Pass(TimeSpan.FromSeconds(1));
        Look(state);

        Assert.Equal([new SinkTroubleRecord("influx", true, Noon.ToUnixTimeMilliseconds(), "cannot be reached.")], Told());
    }

    [Fact]
    public void Look_ReasonChangesWithEachTry_IsToldOnceAMinute()
    {
        for (var second = 0; second < 180; second++)
        {
            Look(new SinkState { RetryingSince = new Instant(Noon.ToUnixTimeMilliseconds()), LastError = $"try {second}.", NeedsSomebody = true });
            Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["try 0.", "try 60.", "try 120."], Told().Select(record => record.Reason));
    }

    [Fact]
    public void Look_WorksAgain_IsTold()
    {
        Look(new SinkState { RetryingSince = Now, LastError = "set the token.", NeedsSomebody = true });
        Pass(TimeSpan.FromMinutes(1));

        Look(new SinkState { LastSuccess = Now, LastError = "set the token." });
        Look(new SinkState { LastSuccess = Now, LastError = "set the token." });

        Assert.Equal([true, false], Told().Select(record => record.IsAway));
    }

    [Fact]
    public void Look_FirstSuccessAfterAStart_IsToldOnce()
    {
        Look(new SinkState());
        Assert.Empty(Told());

        Look(new SinkState { LastSuccess = Now });
        Look(new SinkState { LastSuccess = Now });

        Assert.Equal([new SinkTroubleRecord("influx", false, Noon.ToUnixTimeMilliseconds(), "")], Told());
    }

    [Fact]
    public void Look_ConsumerHasStopped_IsToldWithTheFailure()
    {
        _watch.Look("store", new SinkState { LastSuccess = Now }, new IOException("The file is damaged."), Now);

        Assert.Equal("The consumer has stopped: The file is damaged. Restart the gateway when it is mended.", Assert.Single(Told()).Reason);
    }

    private void Look(SinkState state) => _watch.Look("influx", state, null, Now);

    private void Pass(TimeSpan time) => _clock.Advance(time);

    private List<SinkTroubleRecord> Told()
    {
        var told = new List<SinkTroubleRecord>();

        // What stands before a record that is durable is durable too.
        _log.Append(RecordKind.Tick, topic: null, []).Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        using var reader = _log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.SinkTrouble));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                told.Add(SinkTroubleRecord.Read(record.Body));
            }
        }

        return told;
    }
}
