using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Tests.Connections;

public class AckQueueTests
{
    [Fact]
    public void WriteDue_SeveralKinds_WritesThemInOrderWithTheirReasons()
    {
        var queue = new AckQueue(10);
        queue.Add(new PendingAck(AckKind.Published, ReasonCode.Success, 0x0102, null));
        queue.Add(new PendingAck(AckKind.Received, ReasonCode.NotAuthorized, 3, null));
        queue.Add(new PendingAck(AckKind.Complete, ReasonCode.PacketIdentifierNotFound, 4, null));
        var bytes = new byte[100];

        var written = queue.WriteDue(bytes);

        Assert.Equal("40020102" + "5003000387" + "7003000492", Convert.ToHexString(bytes, 0, written));
        Assert.Equal((0, 1), (queue.Count, queue.Acknowledged));
    }

    [Fact]
    public void WriteDue_LittleRoom_WritesTheRestLater()
    {
        var queue = new AckQueue(100);
        for (ushort number = 1; number <= 30; number++)
        {
            queue.Add(new PendingAck(AckKind.Published, ReasonCode.Success, number, null));
        }

        var seen = new List<byte>();
        var bytes = new byte[21];
        while (queue.WriteDue(bytes) is > 0 and var written)
        {
            seen.AddRange(bytes.Take(written).Where((_, at) => at % 4 == 3));
        }

        Assert.Equal(Enumerable.Range(1, 30).Select(number => (byte)number), seen);
    }

    [Fact]
    public void Unacknowledged_ThroughAnExchange_CountsUntilTheLastAcknowledgement()
    {
        var queue = new AckQueue(10);
        queue.Add(new PendingAck(AckKind.Published, ReasonCode.Success, 1, null));
        queue.Add(new PendingAck(AckKind.Received, ReasonCode.Success, 2, null));
        queue.Add(new PendingAck(AckKind.Received, ReasonCode.NotAuthorized, 3, null));
        Assert.Equal(3, queue.Unacknowledged);
        queue.WriteDue(new byte[100]);
        Assert.Equal(1, queue.Unacknowledged);
        queue.Add(new PendingAck(AckKind.Complete, ReasonCode.Success, 2, null));
        Assert.Equal(1, queue.Unacknowledged);
        queue.WriteDue(new byte[100]);
        Assert.Equal(0, queue.Unacknowledged);

        // An exchange of an earlier connection ends here: the count does not go below nothing.
        queue.Add(new PendingAck(AckKind.Complete, ReasonCode.Success, 9, null));
        queue.WriteDue(new byte[100]);
        Assert.Equal(0, queue.Unacknowledged);
    }

    [Fact]
    public void IsFull_AtCapacity_IsTrueAndGrowthKeepsTheOrder()
    {
        var queue = new AckQueue(20);
        var bytes = new byte[15];
        var expected = new Queue<int>();
        for (var number = 1; number <= 200; number++)
        {
            if (queue.IsFull)
            {
                var written = queue.WriteDue(bytes);
                for (var at = 0; at < written; at += 4)
                {
                    Assert.Equal(expected.Dequeue(), bytes[at + 3]);
                }
            }

            queue.Add(new PendingAck(AckKind.Published, ReasonCode.Success, (ushort)number, null));
            expected.Enqueue(number);
            Assert.InRange(queue.Count, 1, 20);
        }
    }
}
