using System.Buffers;
using System.Text;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Broker.Tests.Sessions;

public class SessionProjectionTests
{
    private readonly SessionProjection _projection = new();
    private long _time = 1_000;

    [Fact]
    public void Apply_PublishAndRelease_KeepsOnlyOpenMessages()
    {
        Publish("c1", 2, 7);
        Publish("c1", 2, 8);
        Publish("c2", 2, 7, RecordKind.DeviceStatus);
        Publish("c3", 1, 0);
        Release("c1", 7);
        Release("c2", 7);
        Release("c4", 7);

        Assert.Equal(["c1"], Clients());
        Assert.Equal([8], Of("c1").Open.Select(identifier => (int)identifier));
    }

    [Fact]
    public void Apply_ClientThatWasForgotten_LeavesNothingToTheNext()
    {
        Publish("c1", 2, 7);
        Session("c1", SessionEvent.Subscribed, 60);
        Session("c1", SessionEvent.Disconnected, 60);
        Release("c1", 7);
        Publish("c2", 2, 9);

        Assert.Equal(["c2"], Clients());
        Assert.Equal([9], Of("c2").Open.Select(identifier => (int)identifier));
        Assert.Equal((false, false, 0u, null), Fields("c2"));
    }

    [Fact]
    public void Apply_ClientForgottenAndBack_CostsOnlyItsName()
    {
        const int Messages = 1_000;
        Publish("c1", 2, 7);
        Release("c1", 7);
        var records = AllocatedBy(() => // What making the records costs.
        {
            for (var message = 0; message < Messages; message++)
            {
                Publish("c1", 1, 7);
                Release("c9", 7);
            }
        });
        var both = AllocatedBy(() =>
        {
            for (var message = 0; message < Messages; message++)
            {
                Publish("c1", 2, 7);
                Release("c1", 7);
            }
        });

        Assert.InRange((both - records) / Messages, 0, 64);
    }

    [Fact]
    public void Apply_Opened_ForgetsWhatWasOpen()
    {
        Publish("c1", 2, 7);
        Session("c1", SessionEvent.Opened, 60);

        Assert.Empty(Of("c1").Open);
        Assert.Equal((true, false, 60u, null), Fields("c1"));
    }

    [Fact]
    public void Apply_LifeOfASession_IsFollowed()
    {
        Session("c1", SessionEvent.Opened, SessionRecord.NeverExpires);
        Session("c1", SessionEvent.Subscribed, SessionRecord.NeverExpires);
        Assert.Equal((true, true, SessionRecord.NeverExpires, null), Fields("c1"));
        _time = 2_000;
        Session("c1", SessionEvent.Disconnected, 30);
        Assert.Equal((true, true, 30u, 2_000L), Fields("c1"));
        Session("c1", SessionEvent.Opened, 10);
        Assert.Equal((true, false, 10u, null), Fields("c1"));
        Session("c1", SessionEvent.Ended, 0);
        Assert.Empty(Clients());
    }

    [Fact]
    public void Apply_EventOfALaterVersion_IsRefused() => Assert.Throws<InvalidDataException>(() => Session("c1", (SessionEvent)99, 0));

    [Fact]
    public void Load_WhatWasSaved_IsTheSameState()
    {
        const int Seed = 42;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var step = 0; step < 3_000; step++)
        {
            var client = $"client-{random.Next(20)}-é";
            _time += random.Next(1_000);
            switch (random.Next(4))
            {
                case 0:
                    Session(client, (SessionEvent)random.Next(1, 5), (uint)random.Next());
                    break;
                case 1:
                    Release(client, (ushort)random.Next(1, 30));
                    break;
                default:
                    Publish(client, 2, (ushort)random.Next(1, 30));
                    break;
            }
        }

        var copy = (SessionProjection)_projection.CreateEmpty();
        copy.Load(Save(_projection));

        Assert.NotEmpty(Clients());
        Assert.Equal(Describe(_projection), Describe(copy));
    }

    [Fact]
    public void Load_CutOrTooLong_IsRefused()
    {
        Session("c1", SessionEvent.Opened, 60);
        Publish("c1", 2, 7);
        var state = Save(_projection);
        for (var length = 0; length < state.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => new SessionProjection().Load(state.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => new SessionProjection().Load([.. state, 0]));
    }

    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Save(SessionProjection projection)
    {
        var writer = new ArrayBufferWriter<byte>();
        projection.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> Describe(SessionProjection projection) => projection.Sessions
        .Select(entry => $"{Encoding.UTF8.GetString(entry.Key)} {entry.Value.Persistent} {entry.Value.Subscribed} {entry.Value.ExpirySeconds} "
            + $"{entry.Value.DisconnectedUnixMilliseconds} {string.Join(',', entry.Value.Open.Order())}")
        .Order(StringComparer.Ordinal);

    private IEnumerable<string> Clients() => _projection.Sessions.Keys.Select(Encoding.UTF8.GetString);

    private RecoveredSession Of(string client) => _projection.Sessions[Encoding.UTF8.GetBytes(client)];

    private (bool Persistent, bool Subscribed, uint Expiry, long? Disconnected) Fields(string client)
    {
        var session = Of(client);
        return (session.Persistent, session.Subscribed, session.ExpirySeconds, session.DisconnectedUnixMilliseconds);
    }

    private void Publish(string client, int qualityOfService, ushort identifier, RecordKind kind = RecordKind.Reading)
    {
        var utf8 = Encoding.UTF8.GetBytes(client);
        var head = new byte[PublishRecord.HeadSizeBytes(qualityOfService, utf8.Length, 0)];
        PublishRecord.WriteHead(head, qualityOfService, retain: false, identifier, utf8, default);
        Apply(kind, [.. head, 1, 2, 3]);
    }

    private void Release(string client, ushort identifier)
    {
        var head = new byte[2];
        ReleaseRecord.WriteHead(head, identifier);
        Apply(RecordKind.Release, [.. head, .. Encoding.UTF8.GetBytes(client)]);
    }

    private void Session(string client, SessionEvent what, uint expirySeconds)
    {
        var head = new byte[SessionRecord.HeadSizeBytes];
        SessionRecord.WriteHead(head, what, expirySeconds);
        Apply(RecordKind.Session, [.. head, .. Encoding.UTF8.GetBytes(client)]);
    }

    private void Apply(RecordKind kind, byte[] body) => _projection.Apply(
        new LogRecord { Position = new LogPosition(1), Kind = kind, Topic = null, Sequence = 0, TimeUnixMilliseconds = _time, Body = body });
}
