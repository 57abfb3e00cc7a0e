using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Wire;

public class AcknowledgementTests
{
    private const string Topic = "devices/monitor-1/vitals";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Publish_QualityOfService1_IsInTheLogWhenAcknowledged(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version);

        await client.PublishAsync(Topic, "{\"hr\":72}", identifier: 7);
        var acknowledgement = await client.ExpectAsync(RawClient.PublishAck);

        Assert.Equal((7, 2), (acknowledgement.Identifier, acknowledgement.Body.Length));
        var record = Assert.Single(host.Records(RecordKind.Reading));
        Assert.Equal(new LoggedRecord(RecordKind.Reading, Topic, "c1", 1, 0, "{\"hr\":72}", ""), record);
    }

    [Theory]
    [InlineData(1, RawClient.PublishAck)]
    [InlineData(2, RawClient.PublishReceived)]
    public async Task Publish_FlushIsHeld_IsAcknowledgedOnlyAfterIt(int qualityOfService, int acknowledgement)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();

        await client.PublishAsync(Topic, "1", qualityOfService);
        await BrokerHost.UntilAsync("the message is taken", () => host.Broker.Counters.Received == 1);
        await client.ExpectNothingButPingAsync(); // The answer to the ping would stand behind the acknowledgement.
        host.Disk.Release();

        Assert.Equal(1, (await client.ExpectAsync(acknowledgement)).Identifier);
    }

    [Fact]
    public async Task Publish_SameIdentifierAfterAcknowledgement_IsANewMessage()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        foreach (var duplicate in (bool[])[false, true])
        {
            await client.PublishAsync(Topic, "x", identifier: 7, duplicate: duplicate);
            await client.ExpectAsync(RawClient.PublishAck);
        }

        Assert.Equal(2, host.Readings().Count);
    }

    [Fact]
    public async Task Publish_TwoCommitsOfWhichOneIsDurable_AcknowledgesTheFirstOnly()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        await client.PublishAsync(Topic, "0", identifier: 1); // The segment is made.
        await client.ExpectAsync(RawClient.PublishAck);
        host.Disk.Hold();
        var end = host.Log.End;
        await client.PublishAsync(Topic, "1", identifier: 2);
        await BrokerHost.UntilAsync("the writer has taken the first", () => host.Disk.Waiting == 1);
        await client.PublishAsync(Topic, "2", identifier: 3);
        await BrokerHost.UntilAsync("the second waits behind it", () => host.Broker.Counters.Received == 3);

        host.Disk.ReleaseOne();
        Assert.Equal(2, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
        await BrokerHost.UntilAsync("the writer has taken the second", () => host.Log.End > end && host.Disk.Waiting == 1);
        await client.ExpectNothingButPingAsync();
        Assert.Equal(["0", "1"], host.Readings());
        host.Disk.Release();
        Assert.Equal(3, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
    }

    [Fact]
    public async Task Publish_ThousandInFlight_AreAcknowledgedInOrderWithFewWrites()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();
        var packets = Enumerable.Range(1, 1_000).SelectMany(number => client.PublishPacket(Topic, $"{number}", 1, (ushort)number)).ToArray();
        await client.SendAsync(packets);
        await BrokerHost.UntilAsync("all are taken", () => host.Broker.Counters.Received == 1_000);

        var flushes = host.Flushes;
        host.Disk.Release();
        for (var number = 1; number <= 1_000; number++)
        {
            Assert.Equal(number, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
        }

        Assert.InRange(host.Flushes - flushes, 1, 10);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(number => $"{number}"), host.Readings());
        Assert.Equal(1_000, host.Broker.Counters.Acknowledged);
    }

    [Fact]
    public async Task Publish_MoreThanTheBoundInFlight_IsReadOnlyAfterAcknowledgements()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { InFlightAtMost = 10 });
        using var client = await host.ConnectAsync("c1");
        host.Disk.Hold();
        for (var number = 1; number <= 25; number++)
        {
            await client.PublishAsync(Topic, $"{number}", 1, (ushort)number);
        }

        await BrokerHost.UntilAsync("ten are taken", () => host.Broker.Counters.Received == 10);
        host.Disk.Release();
        for (var number = 1; number <= 25; number++)
        {
            Assert.Equal(number, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
        }

        Assert.Equal(25, host.Readings().Count);
    }

    [Fact]
    public async Task Publish_BeyondTheReceiveMaximum_DisconnectsVersion5()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { InFlightAtMost = 10 });
        using var client = await host.ConnectAsync("c1", version: 5);
        host.Disk.Hold();
        for (var number = 1; number <= 11; number++)
        {
            await client.PublishAsync(Topic, $"{number}", 1, (ushort)number);
        }

        var last = Assert.Single(await client.ReadToEndAsync());
        Assert.Equal((RawClient.Disconnect, 0x93), (last.Type, last.Body[0]));
    }

    [Fact]
    public async Task Publish_QualityOfService0_IsKeptWithoutAcknowledgement()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");

        await client.PublishAsync(Topic, "0", qualityOfService: 0);
        await client.PublishAsync(Topic, "1", qualityOfService: 1, identifier: 9);

        Assert.Equal(9, (await client.ExpectAsync(RawClient.PublishAck)).Identifier);
        Assert.Equal(["0", "1"], host.Readings());
        Assert.Equal((2, 1, 1), (host.Broker.Counters.Received, host.Broker.Counters.ReceivedWithoutPromise, host.Broker.Counters.Acknowledged));
    }

    [Fact]
    public async Task Publish_FlushFails_IsNeverAcknowledgedAndTheConnectionEnds()
    {
        await using var host = await BrokerHost.StartAsync();
        host.ErrorsExpected = true;
        using var client = await host.ConnectAsync("c1", version: 5);
        using var other = await host.ConnectAsync("c2", version: 5);
        host.Disk.Fails = true;

        await client.PublishAsync(Topic, "1");

        Assert.All(await client.ReadToEndAsync(), packet => Assert.Equal(RawClient.Disconnect, packet.Type));
        Assert.Equal(0x88, Assert.Single(await other.ReadToEndAsync()).Body[0]);
        Assert.Contains(host.Logs.Errors, text => text.Contains("nothing is acknowledged any more", StringComparison.Ordinal));
        using var late = await host.OpenAsync();
        Assert.Equal(0x88, (await late.ConnectAsync("c3", version: 5)).Body[1]);
    }

    [Fact]
    public async Task Publish_InPiecesOfOneByte_IsTaken()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        foreach (var one in client.PublishPacket(Topic, "in pieces"))
        {
            await client.SendAsync([one]);
        }

        await client.ExpectAsync(RawClient.PublishAck);
        Assert.Equal(["in pieces"], host.Readings());
    }

    [Fact]
    public async Task Publish_LargerThanAReceiveBuffer_IsTakenWhole()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1");
        var payload = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"{number},"));

        await client.PublishAsync(Topic, payload);

        await client.ExpectAsync(RawClient.PublishAck);
        Assert.Equal([payload], host.Readings());
    }

    [Fact]
    public async Task Publish_WithContentType_KeepsIt()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync(Topic, "x", properties: [0x01, 1, 0x03, 0, 4, (byte)'j', (byte)'s', (byte)'o', (byte)'n', 0x26, 0, 1, (byte)'a', 0, 1, (byte)'b']);

        await client.ExpectAsync(RawClient.PublishAck);
        Assert.Equal("json", Assert.Single(host.Records(RecordKind.Reading)).ContentType);
    }

    [Fact]
    public async Task Publish_WithTopicAlias_GoesToTheAliasedTopic()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await client.PublishAsync(Topic, "1", identifier: 1, properties: [0x23, 0, 3]);
        await client.PublishAsync("", "2", identifier: 2, properties: [0x23, 0, 3]);
        await client.ExpectAsync(RawClient.PublishAck);
        await client.ExpectAsync(RawClient.PublishAck);
        await client.PublishAsync("", "3", identifier: 3, properties: [0x23, 0, 4]);

        Assert.Equal(0x94, Assert.Single(await client.ReadToEndAsync()).Body[0]);
        Assert.All(host.Records(RecordKind.Reading), record => Assert.Equal(Topic, record.Topic));
        Assert.Equal(["1", "2"], host.Readings());
    }

    [Fact]
    public async Task Publish_AcknowledgementOfAnAlert_IsKeptWithTheIdentity()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        await client.ConnectAsync("tablet-3", userName: "nurse.kim");
        using var anonymous = await host.ConnectAsync("tablet-4");

        await client.PublishAsync("alerts/icu/p1/low-spo2/ack", "{\"episode\":\"e1\"}");
        await client.ExpectAsync(RawClient.PublishAck);
        await anonymous.PublishAsync("alerts/icu/p1/low-spo2/ack", "{}");
        await anonymous.ExpectAsync(RawClient.PublishAck);

        var records = host.Records(RecordKind.Acknowledgement);
        Assert.Equal(["nurse.kim", "tablet-4"], records.Select(record => record.Client));
        Assert.All(records, record => Assert.Equal("alerts/icu/p1/low-spo2/ack", record.Topic));
    }
}
