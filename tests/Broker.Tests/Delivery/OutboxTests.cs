using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Delivery;

namespace IoTGateway.Broker.Tests.Delivery;

public class OutboxTests
{
    private readonly Signal _wake = new(continueInline: false);
    private readonly OutboxBudget _budget = new(1_000_000);

    [Fact]
    public void TryAdd_EverythingAcknowledged_GivesAllBytesBack()
    {
        var outbox = OutboxOf(window: 10);
        for (var number = 0; number < 10; number++)
        {
            Assert.True(outbox.TryAdd(MessageOf(number % 3)));
        }

        Assert.Equal((10, outbox.SizeBytes), (outbox.WaitingCount, _budget.UsedBytes));
        while (outbox.TryTake(_wake, 0, out var packet))
        {
            outbox.Complete(packet.PacketIdentifier);
        }

        Assert.Equal((0, 0L, 0L), (outbox.WaitingCount, outbox.SizeBytes, _budget.UsedBytes));
    }

    [Fact]
    public void End_MessagesInEveryState_GivesAllBytesBackAndTakesNothingMore()
    {
        var outbox = OutboxOf(window: 2);
        for (var number = 0; number < 5; number++)
        {
            outbox.TryAdd(MessageOf(2));
        }

        outbox.TryTake(_wake, 0, out var first);
        outbox.TryTake(_wake, 0, out _);
        outbox.Receive(first.PacketIdentifier, refused: false);
        outbox.End();
        outbox.Release(first.PacketIdentifier);

        Assert.True(outbox.TryAdd(MessageOf(1)));
        Assert.False(outbox.TryTake(_wake, 0, out _));
        Assert.Equal((0, 0L, 0L), (outbox.WaitingCount, outbox.SizeBytes, _budget.UsedBytes));
    }

    [Fact]
    public void TryTake_IdentifiersHaveGoneRound_NeverUsesOneThatIsInFlight()
    {
        var outbox = OutboxOf(window: 10);
        outbox.TryAdd(MessageOf(1));
        outbox.TryTake(_wake, 0, out var kept);
        for (var number = 0; number < 70_000; number++)
        {
            outbox.TryAdd(MessageOf(1));
            Assert.True(outbox.TryTake(_wake, 0, out var packet));
            Assert.NotEqual(0, packet.PacketIdentifier);
            Assert.NotEqual(kept.PacketIdentifier, packet.PacketIdentifier);
            outbox.Complete(packet.PacketIdentifier);
        }
    }

    [Fact]
    public void TryTake_ByAConnectionThatHasBeenSucceeded_GetsNothing()
    {
        var outbox = OutboxOf(window: 10);
        outbox.TryAdd(MessageOf(1));
        var next = new Signal(continueInline: false);
        outbox.Attach(next, window: 10);
        outbox.Detach(_wake);

        Assert.False(outbox.TryTake(_wake, 0, out _));
        Assert.True(outbox.TryTake(next, 0, out _));
    }

    [Fact]
    public void Attach_SmallerWindowThanInFlight_SendsAgainOnlySoMany()
    {
        var outbox = OutboxOf(window: 3);
        for (var number = 0; number < 4; number++)
        {
            outbox.TryAdd(MessageOf(1));
        }

        while (outbox.TryTake(_wake, 0, out _))
        {
        }

        outbox.Detach(_wake);
        outbox.Attach(_wake, window: 1);

        for (ushort expected = 1; expected <= 4; expected++)
        {
            Assert.True(outbox.TryTake(_wake, 0, out var packet));
            Assert.Equal((expected, expected < 4), (packet.PacketIdentifier, packet.Duplicate));
            Assert.False(outbox.TryTake(_wake, 0, out _));
            outbox.Complete(packet.PacketIdentifier);
        }
    }

    [Fact]
    public void TryAdd_BudgetIsSpent_ServesConnectedSubscribersThatHoldLittle()
    {
        Assert.True(_budget.TryTake(1_000_000, small: false));
        var present = OutboxOf(window: 1);
        var away = new Outbox(100, 1_000_000, _budget);

        Assert.True(present.TryAdd(MessageOf(1)));
        Assert.False(away.TryAdd(MessageOf(1)));
    }

    [Fact]
    public void TryAdd_FromTheStore_IsNotCountedAndHasItsOwnBound()
    {
        var outbox = new Outbox(1, 1_000_000, _budget);
        outbox.Attach(_wake, 1);
        var retained = MessageOf(1) with { FromStore = true };

        Assert.True(outbox.TryAdd(retained, fromStoreAtMost: 2));
        Assert.True(outbox.TryAdd(retained, fromStoreAtMost: 2));
        Assert.False(outbox.TryAdd(retained, fromStoreAtMost: 2));
        Assert.True(outbox.TryAdd(MessageOf(1)));
        Assert.False(outbox.TryAdd(MessageOf(1)));
        Assert.Equal(1, outbox.WaitingCount);
    }

    private Outbox OutboxOf(int window)
    {
        var outbox = new Outbox(100, 1_000_000, _budget);
        outbox.Attach(_wake, window);
        return outbox;
    }

    private static OutgoingMessage MessageOf(int qualityOfService) =>
        new(new Message("room/1", [1, 2, 3], qualityOfService, Retain: false), (byte)qualityOfService, Retain: false, null, FromStore: false);
}
