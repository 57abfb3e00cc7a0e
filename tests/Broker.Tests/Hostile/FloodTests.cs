using System.Diagnostics;
using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>Too many of everything: connections, topics, aliases, subscriptions, releases.</summary>
public class FloodTests
{
    private const string Topic = "devices/d/vitals";

    [Fact]
    public async Task Open_ManySilentConnections_DoNotKeepAClientOut()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { ConnectionsAtMost = 10 });
        using var early = await host.ConnectAsync("early");
        var silent = new List<RawClient>();
        for (var number = 0; number < 50; number++)
        {
            silent.Add(await host.OpenAsync());
        }

        await BrokerHost.UntilAsync("the oldest silent ones are closed", () => host.Broker.Counters.Connections <= 10);
        using var late = await host.ConnectAsync("late");
        await late.PublishAsync(Topic, "late");
        await late.ExpectAsync(RawClient.PublishAck);
        await early.ExpectNothingButPingAsync();
        Assert.InRange(host.Logs.All.Count(text => text.Contains("has not sent its CONNECT", StringComparison.Ordinal)), 1, BrokerContext.ComplaintsAtMost);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Connect_OneMoreThanAllowed_IsToldAndTheOthersStay()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { ConnectionsAtMost = 3 });
        using var first = await host.ConnectAsync("c1");
        using var second = await host.ConnectAsync("c2");
        using var third = await host.ConnectAsync("c3");

        using var version5 = await host.OpenAsync();
        Assert.Equal(0x97, (await version5.ConnectAsync("c4", version: 5)).Body[1]);
        using var version4 = await host.OpenAsync();
        Assert.Equal(3, (await version4.ConnectAsync("c5")).Body[1]);

        await first.ExpectNothingButPingAsync();
        await second.ExpectNothingButPingAsync();
        await third.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Connect_InALoopWithProtocolErrors_FillsNoLogAndKeepsNothing()
    {
        await using var host = await BrokerHost.StartAsync();
        for (var number = 0; number < 300; number++)
        {
            using var client = await host.ConnectAsync("again");
            await client.SendAsync([0x10, 0]);
            Assert.Empty(await client.ReadToEndAsync());
        }

        await BrokerHost.UntilAsync("all have ended", () => host.Broker.Counters is { Connections: 0, Sessions: 0 });
        Assert.InRange(host.Logs.All.Count(text => text.Contains("again", StringComparison.Ordinal)), 1, 3 * BrokerContext.ComplaintsAtMost);
    }

    [Fact]
    public async Task Publish_MoreTopicsThanAllowed_IsToldAndKnownTopicsGoOn()
    {
        const int TopicsAtMost = 1_000;
        await using var host = await BrokerHost.StartAsync(topicsAtMost: TopicsAtMost);
        using var version5 = await host.ConnectAsync("c5", version: 5);
        var refused = 0;
        for (ushort number = 1; number <= TopicsAtMost + 20; number++)
        {
            await version5.PublishAsync($"devices/d{number}/vitals", "{}", identifier: number);
            var ack = await version5.ExpectAsync(RawClient.PublishAck);
            Assert.Equal(number, ack.Identifier);
            refused += ack.Reason == 0x97 ? 1 : 0;
            Assert.True(ack.Reason is 0 or 0x97);
        }

        Assert.InRange(refused, 20, 25); // The gateway has topics of its own.
        await version5.PublishAsync("devices/d1/vitals", "{}", identifier: 1);
        Assert.Equal(0, (await version5.ExpectAsync(RawClient.PublishAck)).Reason);
        using var version4 = await host.ConnectAsync("c4");
        await version4.PublishAsync("devices/one-too-many/vitals", "{}");
        Assert.Empty(await version4.ReadToEndAsync());
        using var again = await host.ConnectAsync("c4");
        await again.PublishAsync("devices/d1/vitals", "{}");
        await again.ExpectAsync(RawClient.PublishAck);
    }

    [Fact]
    public async Task Publish_AliasFlood_IsHeldToWhatWasAnnounced()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { TopicAliasesAtMost = 10 });
        using var client = await host.ConnectAsync("c", version: 5);
        for (ushort round = 0; round < 300; round++)
        {
            var alias = (byte)(1 + round % 10);
            await client.PublishAsync($"devices/d{round}/vitals", "x", identifier: (ushort)(round + 1), properties: [0x23, 0, alias]);
            Assert.Equal(0, (await client.ExpectAsync(RawClient.PublishAck)).Reason);
        }

        await client.PublishAsync("", "x", identifier: 1, properties: [0x23, 0, 10]);
        await client.ExpectAsync(RawClient.PublishAck);
        Assert.Equal("devices/d299/vitals", host.Records(RecordKind.Reading)[^1].Topic);
        await client.PublishAsync(Topic, "x", identifier: 2, properties: [0x23, 0, 11]);
        Assert.Equal(0x94, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task Publish_TopicLongerThanAllowed_IsRefusedAndNotKeptAsAnAlias()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var fine = await host.ConnectAsync("fine", version: 5);
        await fine.PublishAsync(new string('t', 1_024), "x", properties: [0x23, 0, 1]);
        Assert.Equal(0, (await fine.ExpectAsync(RawClient.PublishAck)).Reason);

        using var client = await host.ConnectAsync("c", version: 5);
        await client.PublishAsync(new string('t', 1_025), "x", properties: [0x23, 0, 1]);
        Assert.Equal(0x90, Assert.Single(await client.ReadToEndAsync()).Body[0]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Release_OfUnknownIdentifiersByTheThousand_IsAnsweredAndHoldsNothingUp(int version)
    {
        const int Releases = 20_000;
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", version);
        using var good = await host.ConnectAsync("good");
        var sending = client.SendAsync([.. Enumerable.Range(1, Releases).SelectMany(number => (byte[])[0x62, 2, (byte)(number >> 8), (byte)number])]);

        await good.PublishAsync(Topic, "fine");
        await good.ExpectAsync(RawClient.PublishAck);
        for (var number = 1; number <= Releases; number++)
        {
            var answer = await client.ExpectAsync(RawClient.PublishComplete);
            Assert.Equal((number, version == 5 ? 0x92 : 0), (answer.Identifier, answer.Reason));
        }

        await sending;
        Assert.Empty(host.Records(RecordKind.Release));
    }

    [Fact]
    public async Task Subscribe_ManyVeryDeepFilters_AreAnsweredAndOthersAreNotHeldUp()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var client = await host.ConnectAsync("c");
        using var good = await host.ConnectAsync("good");
        var deep = string.Join('/', Enumerable.Repeat("+", 100));
        var answers = 0;
        for (ushort packet = 1; packet <= 30; packet++)
        {
            await client.SubscribeAsync(packet, [.. Enumerable.Range(0, 100).Select(number => ($"a/{deep}/{packet}/{number}", 1))]);
            answers += (await client.ExpectAsync(RawClient.SubscribeAck)).Body.Length - 2;
        }

        Assert.Equal(3_000, answers);
        var watch = Stopwatch.StartNew();
        for (ushort number = 1; number <= 200; number++)
        {
            await good.PublishAsync("a/" + string.Join('/', Enumerable.Repeat("x", 100)), "x", identifier: number);
            await good.ExpectAsync(RawClient.PublishAck);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Subscribe_FilterLongerThanAllowed_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c", version: 5);
        await client.SubscribeAsync(1, (new string('f', 1_024), 0), (new string('f', 1_025), 0));

        Assert.Equal([0, 0x8F], (await client.ExpectAsync(RawClient.SubscribeAck)).Body[3..].Select(code => (int)code));
    }

    [Fact]
    public async Task Publish_ThousandIdleSubscribers_CostThePublisherNothing()
    {
        const int Messages = 2_000;
        await using var host = await BrokerHost.StartAsync();
        using var publisher = await host.ConnectAsync("publisher");
        await MeasureAsync(publisher, Messages); // Warms up.
        var alone = await MeasureAsync(publisher, Messages);
        var subscribers = new List<RawClient>();
        for (var number = 0; number < 1_000; number++)
        {
            var subscriber = await host.ConnectAsync($"s{number}");
            await subscriber.SubscribeAsync(1, ("alerts/#", 1), ($"devices/none-{number}/vitals", 1));
            await subscriber.ExpectAsync(RawClient.SubscribeAck);
            subscribers.Add(subscriber);
        }

        var crowded = await MeasureAsync(publisher, Messages);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Messages} messages: {alone.TotalMilliseconds:0} ms alone, {crowded.TotalMilliseconds:0} ms among 1,000 subscribers");
        Assert.InRange(crowded, TimeSpan.Zero, 5 * alone + TimeSpan.FromSeconds(2)); // The machine may be busy; MQTT servers that ask each subscriber take ten times as long.
        subscribers.ForEach(subscriber => subscriber.Dispose());
    }

    private static async Task<TimeSpan> MeasureAsync(RawClient publisher, int messages)
    {
        var watch = Stopwatch.StartNew();
        for (var sent = 0; sent < messages; sent += 100)
        {
            await publisher.SendAsync([.. Enumerable.Range(1, 100).SelectMany(number => publisher.PublishPacket(Topic, "{\"hr\":70}", identifier: (ushort)number))]);
            for (var number = 1; number <= 100; number++)
            {
                await publisher.ExpectAsync(RawClient.PublishAck);
            }
        }

        return watch.Elapsed;
    }
}
