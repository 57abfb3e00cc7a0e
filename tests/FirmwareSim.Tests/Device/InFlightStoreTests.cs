using System.Text;
using IoTGateway.FirmwareSim.Device;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.FirmwareSim.Tests.Device;

public class InFlightStoreTests
{
    private const int Unlimited = ushort.MaxValue;

    [Fact]
    public void TakeNext_WindowFull_TakesNothingUntilAnAcknowledgement()
    {
        var store = Filled(window: 2, messages: 3, DeliveryQuality.AtLeastOnce);
        Assert.Equal([1, 2], Ids(TakeAll(store)));
        Assert.Equal(AcknowledgementResult.ReadingCompleted, store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = 1 }));
        Assert.Equal([3], Ids(TakeAll(store)));
    }

    [Fact]
    public void BeginConnection_SessionPresent_SendsAgainUnderTheSameIdsInTheFirstOrder()
    {
        var store = Filled(window: 10, messages: 4, DeliveryQuality.ExactlyOnce);
        TakeAll(store);

        // 3 was received before 1; 2 and 4 were not.
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 3 });
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 1 });
        store.BeginConnection(sessionPresent: true, Unlimited);

        var again = TakeAll(store);
        Assert.Equal([3, 1], Ids(again.OfType<MqttPubRelPacket>()));
        var published = again.OfType<MqttPublishPacket>().ToList();
        Assert.Equal([2, 4], Ids(published));
        Assert.All(published, packet => Assert.True(packet.Dup));
        Assert.Equal(["1", "3"], published.Select(Text));
        Assert.Equal(4, store.Resent);
        Assert.Equal(4, store.Sent);
    }

    [Fact]
    public void BeginConnection_NoSession_SendsEverythingAnewAlsoWhatWasReceived()
    {
        var store = Filled(window: 3, messages: 4, DeliveryQuality.ExactlyOnce);
        TakeAll(store);
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 2 });
        store.BeginConnection(sessionPresent: false, Unlimited);

        var anew = TakeAll(store).Cast<MqttPublishPacket>().ToList();
        Assert.Equal(["0", "1", "2"], anew.Select(Text));
        Assert.Equal([4, 5, 6], Ids(anew));
        Assert.All(anew, packet => Assert.False(packet.Dup));
        Assert.Equal(3, store.SentAnew);
        Assert.Equal(3, store.Sent);
    }

    [Fact]
    public void BeginConnection_ReceiverTakesFewerAtOnce_HoldsBackWhatIsSentAgain()
    {
        var store = Filled(window: 5, messages: 5, DeliveryQuality.AtLeastOnce);
        TakeAll(store);
        store.BeginConnection(sessionPresent: true, receiverWindow: 2);
        Assert.Equal([1, 2], Ids(TakeAll(store)));
        store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = 1 });
        Assert.Equal([3], Ids(TakeAll(store)));
    }

    [Fact]
    public void TakeNext_IdsAtTheirEnd_StartsAgainAndLeavesOutThoseInFlight()
    {
        var store = Filled(window: 2, messages: 1, DeliveryQuality.AtLeastOnce);
        TakeAll(store);
        for (var count = 2; count <= ushort.MaxValue; count++)
        {
            store.Add(Message("x", DeliveryQuality.AtLeastOnce));
            store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = Ids(TakeAll(store)).Single() });
        }

        store.Add(Message("y", DeliveryQuality.AtLeastOnce));
        Assert.Equal([2], Ids(TakeAll(store)));
    }

    [Fact]
    public void HandlePubRec_ForAnIdNobodyKnows_ReleasesIt()
    {
        var store = Filled(window: 1, messages: 0, DeliveryQuality.ExactlyOnce);
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 77 });
        Assert.Equal([77], Ids(TakeAll(store).Cast<MqttPubRelPacket>()));
    }

    [Fact]
    public void HandlePubRec_Twice_ReleasesTwiceButNotAfterCompletion()
    {
        var store = Filled(window: 1, messages: 1, DeliveryQuality.ExactlyOnce);
        TakeAll(store);
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 1 });
        store.HandlePubRec(new MqttPubRecPacket { PacketIdentifier = 1 });
        Assert.NotNull(store.TakeNext());
        Assert.Equal(AcknowledgementResult.ReadingCompleted, store.HandlePubComp(new MqttPubCompPacket { PacketIdentifier = 1 }));
        Assert.Null(store.TakeNext());
        Assert.True(store.IsEmpty);
    }

    [Fact]
    public void HandlePubComp_BeforePubRec_EndsTheConnection()
    {
        var store = Filled(window: 1, messages: 1, DeliveryQuality.ExactlyOnce);
        TakeAll(store);
        Assert.Throws<ConnectionLostException>(() => store.HandlePubComp(new MqttPubCompPacket { PacketIdentifier = 1 }));
    }

    [Fact]
    public void HandlePubAck_ForQos2_EndsTheConnection()
    {
        var store = Filled(window: 1, messages: 1, DeliveryQuality.ExactlyOnce);
        TakeAll(store);
        Assert.Throws<ConnectionLostException>(() => store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = 1 }));
    }

    [Fact]
    public void HandlePubAck_QuotaExceeded_KeepsTheMessageFirstInLineAndPauses()
    {
        var store = Filled(window: 1, messages: 2, DeliveryQuality.AtLeastOnce);
        TakeAll(store);
        var result = store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = 1, ReasonCode = MqttPubAckReasonCode.QuotaExceeded });
        Assert.Equal(AcknowledgementResult.RefusedForNow, result);
        Assert.Null(store.TakeNext());
        store.Paused = false;
        Assert.Equal("0", Text(Assert.IsType<MqttPublishPacket>(store.TakeNext())));
    }

    [Fact]
    public void HandlePubAck_NotAuthorized_SaysWhichTopicIsRefused()
    {
        var store = Filled(window: 1, messages: 1, DeliveryQuality.AtLeastOnce);
        TakeAll(store);
        var refusal = Assert.Throws<GatewayRefusedException>(
            () => store.HandlePubAck(new MqttPubAckPacket { PacketIdentifier = 1, ReasonCode = MqttPubAckReasonCode.NotAuthorized }));
        Assert.Contains("devices/d/vitals", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Goal: with a receiver that keeps its session, every message arrives once and in order, whatever is lost in between. Method: a model
    /// of the receiver (de-duplicates by packet id until PUBREL), connections that end at random with any part of what is under way lost.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261122)]
    public void TakeNext_ConnectionsEndAtRandom_EachMessageArrivesOnceAndInOrder(int seed)
    {
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        const int Messages = 2000;
        var random = new Random(seed);
        var store = Filled(window: 7, Messages, DeliveryQuality.ExactlyOnce);
        var open = new HashSet<ushort>();
        var arrived = new List<string>();
        var connections = 0;
        while (!store.IsEmpty)
        {
            Assert.True(++connections < 100_000, "no progress");
            store.BeginConnection(sessionPresent: connections > 1, Unlimited);
            var answers = new Queue<MqttPacket>();
            for (var left = random.Next(60); left > 0; left--)
            {
                if (random.Next(2) == 0 && store.TakeNext() is { } packet)
                {
                    // The last packet of a connection may be lost on the way.
                    if (left > 1)
                    {
                        answers.Enqueue(Receive(packet, open, arrived));
                    }
                }
                else if (answers.TryDequeue(out var answer))
                {
                    Handle(store, answer);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, Messages).Select(number => $"{number}"), arrived);
        Assert.Equal(Messages, store.Acknowledged);
        Assert.True(store.Resent > 100, "the test lost too little to prove anything");
    }

    private static MqttPacket Receive(MqttPacket packet, HashSet<ushort> open, List<string> arrived)
    {
        if (packet is MqttPubRelPacket release)
        {
            open.Remove(release.PacketIdentifier);
            return new MqttPubCompPacket { PacketIdentifier = release.PacketIdentifier };
        }

        var published = Assert.IsType<MqttPublishPacket>(packet);
        if (open.Add(published.PacketIdentifier))
        {
            arrived.Add(Text(published));
        }
        else
        {
            Assert.True(published.Dup, "a packet id was used again before its exchange was over");
        }

        return new MqttPubRecPacket { PacketIdentifier = published.PacketIdentifier };
    }

    private static void Handle(InFlightStore store, MqttPacket answer)
    {
        if (answer is MqttPubRecPacket receipt)
        {
            store.HandlePubRec(receipt);
        }
        else
        {
            store.HandlePubComp(Assert.IsType<MqttPubCompPacket>(answer));
        }
    }

    private static InFlightStore Filled(int window, int messages, DeliveryQuality quality)
    {
        var store = new InFlightStore(window);
        for (var number = 0; number < messages; number++)
        {
            store.Add(Message($"{number}", quality));
        }

        store.BeginConnection(sessionPresent: false, Unlimited);
        return store;
    }

    private static StoredMessage Message(string text, DeliveryQuality quality) =>
        new("devices/d/vitals", Encoding.UTF8.GetBytes(text), quality, retain: false);

    private static List<MqttPacket> TakeAll(InFlightStore store)
    {
        var packets = new List<MqttPacket>();
        while (store.TakeNext() is { } packet)
        {
            packets.Add(packet);
        }

        return packets;
    }

    private static IEnumerable<ushort> Ids(IEnumerable<MqttPacket> packets) => packets.Select(packet => ((MqttPacketWithIdentifier)packet).PacketIdentifier);

    private static string Text(MqttPublishPacket packet) => Encoding.UTF8.GetString(packet.Payload);
}
