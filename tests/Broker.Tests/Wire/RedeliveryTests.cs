using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>What a session has still to be sent, over connections that break (MQTT 5, 4.3, 4.4, 4.6).</summary>
public class RedeliveryTests
{
    private static readonly BrokerOptions Open = new() { OpenTopics = true };

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Reconnect_UnacknowledgedMessages_ComeAgainWithDupInTheirOrderUnderTheirIdentifiers(int version)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        var sent = new List<RawPublish>();
        using (var first = await SubscriberAsync(host, version))
        {
            await PublishAsync(host, "1", "2", "3");
            for (var number = 0; number < 3; number++)
            {
                sent.Add(await first.ExpectPublishAsync());
            }

            Assert.All(sent, publish => Assert.False(publish.Duplicate));
            Assert.Equal(3, sent.Select(publish => publish.Identifier).Distinct().Count());
            await first.AnswerAsync(RawClient.PublishAck, sent[1].Identifier);
            await first.ExpectNothingButPingAsync();
        }

        await PublishAsync(host, "4");
        using var second = await ResumeAsync(host, version);
        Assert.Equal(sent[0] with { Duplicate = true }, await second.ExpectPublishAsync());
        Assert.Equal(sent[2] with { Duplicate = true }, await second.ExpectPublishAsync());
        var last = await second.ExpectPublishAsync();
        Assert.Equal(("4", false), (last.Payload, last.Duplicate));
        foreach (var publish in (RawPublish[])[sent[0], sent[2], last])
        {
            await second.AnswerAsync(RawClient.PublishAck, publish.Identifier);
        }

        await second.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Reconnect_BetweenReceivedAndComplete_SendsOnlyTheReleaseAgain()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        ushort identifier;
        using (var first = await SubscriberAsync(host, 5, qualityOfService: 2))
        {
            await PublishAsync(host, qualityOfService: 2, "once");
            var publish = await first.ExpectPublishAsync();
            identifier = publish.Identifier;
            await first.AnswerAsync(RawClient.PublishReceived, identifier);
            Assert.Equal(identifier, (await first.ExpectAsync(RawClient.PublishRelease)).Identifier);
        }

        for (var again = 0; again < 2; again++)
        {
            using var next = await ResumeAsync(host, 5);
            Assert.Equal(identifier, (await next.ExpectAsync(RawClient.PublishRelease)).Identifier);
            await next.ExpectNothingButPingAsync();
            if (again == 1)
            {
                await next.AnswerAsync(RawClient.PublishComplete, identifier);
                await next.ExpectNothingButPingAsync();
            }
        }

        using var last = await ResumeAsync(host, 5);
        await last.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Reconnect_QualityOfService2NotReceived_ComesAgainWithDup()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        RawPublish sent;
        using (var first = await SubscriberAsync(host, 4, qualityOfService: 2))
        {
            await PublishAsync(host, qualityOfService: 2, "once");
            sent = await first.ExpectPublishAsync();
        }

        using var second = await ResumeAsync(host, 4);
        Assert.Equal(sent with { Duplicate = true }, await second.ExpectPublishAsync());
        await second.AnswerAsync(RawClient.PublishReceived, sent.Identifier);
        await second.ExpectAsync(RawClient.PublishRelease);
        await second.AnswerAsync(RawClient.PublishComplete, sent.Identifier);
        await second.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Receive_RefusedByTheClient_IsNotReleasedNorSentAgain()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using (var first = await SubscriberAsync(host, 5, qualityOfService: 2))
        {
            await PublishAsync(host, qualityOfService: 2, "unwanted");
            var publish = await first.ExpectPublishAsync();
            await first.SendAsync([0x50, 3, (byte)(publish.Identifier >> 8), (byte)publish.Identifier, 0x80]);
            await first.ExpectNothingButPingAsync();
        }

        using var second = await ResumeAsync(host, 5);
        await second.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Complete_AnotherIdentifier_LeavesTheMessageUnacknowledged()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        RawPublish sent;
        using (var first = await SubscriberAsync(host, 4))
        {
            await PublishAsync(host, "1");
            sent = await first.ExpectPublishAsync();
            await first.AnswerAsync(RawClient.PublishAck, (ushort)(sent.Identifier + 1));
            await first.AnswerAsync(RawClient.PublishComplete, sent.Identifier);
            await first.ExpectNothingButPingAsync();
        }

        using var second = await ResumeAsync(host, 4);
        Assert.Equal(sent with { Duplicate = true }, await second.ExpectPublishAsync());
    }

    [Theory]
    [InlineData(4, "0009")]
    [InlineData(5, "000992")]
    public async Task Receive_UnknownIdentifier_IsReleasedSayingSo(int version, string answer)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var client = await host.ConnectAsync("s", version);

        await client.AnswerAsync(RawClient.PublishReceived, 9);

        Assert.Equal(answer, Convert.ToHexString((await client.ExpectAsync(RawClient.PublishRelease)).Body));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Away_MessagesComeMeanwhile_KeepsQualityOfService1And2Only(int version)
    {
        await using var host = await BrokerHost.StartAsync(Open);
        (await SubscriberAsync(host, version, qualityOfService: 2)).Dispose();
        await BrokerHost.UntilAsync("the subscriber is away", () => host.Broker.Counters.Connections == 0);
        await PublishAsync(host, qualityOfService: 0, "zero");
        await PublishAsync(host, qualityOfService: 1, "one");
        await PublishAsync(host, qualityOfService: 2, "two");

        using var back = await ResumeAsync(host, version);

        Assert.Equal(("one", 1), Fields(await back.ExpectPublishAsync()));
        Assert.Equal(("two", 2), Fields(await back.ExpectPublishAsync()));
        await back.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Publish_WithDup_IsPassedOnWithoutIt()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var subscriber = await SubscriberAsync(host, 5);
        using var publisher = await host.ConnectAsync("p");

        await publisher.PublishAsync("room/1", "x", duplicate: true);

        Assert.False((await subscriber.ExpectPublishAsync()).Duplicate);
    }

    [Fact]
    public async Task Takeover_OfALiveConnection_GoesOnWithTheSession()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        using var first = await SubscriberAsync(host, 5);
        await PublishAsync(host, "1");
        var sent = await first.ExpectPublishAsync();

        using var second = await ResumeAsync(host, 5);

        Assert.Equal(sent with { Duplicate = true }, await second.ExpectPublishAsync());
        Assert.Equal(0x8E, Assert.Single(await first.ReadToEndAsync()).Body[0]);
    }

    [Fact]
    public async Task CleanStart_AfterASession_ForgetsSubscriptionsAndMessages()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        (await SubscriberAsync(host, 5)).Dispose();
        await BrokerHost.UntilAsync("the subscriber is away", () => host.Broker.Counters.Connections == 0);
        await PublishAsync(host, "1");

        using (var clean = await host.OpenAsync())
        {
            Assert.Equal(0, (await clean.Connect5Async("s", RawClient.NumberProperty(0x11, 100))).Body[0] & 1);
            await PublishAsync(host, "2");
            await clean.ExpectNothingButPingAsync();
        }

        using var back = await ResumeAsync(host, 5);
        await back.ExpectNothingButPingAsync();
    }

    [Fact]
    public async Task Restart_OfTheGateway_TellsASubscriberToBeginAnew()
    {
        await using var host = await BrokerHost.StartAsync(Open);
        (await SubscriberAsync(host, 5)).Dispose();
        await host.RestartAsync();

        using var back = await host.OpenAsync();

        Assert.Equal(0, (await back.Connect5Async("s", RawClient.NumberProperty(0x11, 100), clean: false)).Body[0] & 1);
    }

    [Fact]
    public async Task Away_LongerThanTheSessionExpiry_BeginsAnew()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(Open, clock);
        (await SubscriberAsync(host, 5)).Dispose();
        await BrokerHost.UntilAsync("the subscriber is away", () => host.Broker.Counters.Connections == 0);

        clock.Advance(TimeSpan.FromSeconds(1_001));

        using var back = await host.OpenAsync();
        Assert.Equal(0, (await back.Connect5Async("s", RawClient.NumberProperty(0x11, 1_000), clean: false)).Body[0] & 1);
        await PublishAsync(host, "1");
        await back.ExpectNothingButPingAsync();
    }

    private static (string Payload, int QualityOfService) Fields(RawPublish publish) => (publish.Payload, publish.QualityOfService);

    private static async Task<RawClient> SubscriberAsync(BrokerHost host, int version, int qualityOfService = 1)
    {
        var client = await host.ConnectAsync("s", version, clean: false, expirySeconds: 1_000);
        await client.SubscribeAsync(1, ("room/+", qualityOfService));
        await client.ExpectAsync(RawClient.SubscribeAck);
        return client;
    }

    private static async Task<RawClient> ResumeAsync(BrokerHost host, int version)
    {
        var client = await host.OpenAsync();
        Assert.Equal(1, (await client.ConnectAsync("s", version, clean: false, expirySeconds: 1_000)).Body[0]);
        return client;
    }

    private static Task PublishAsync(BrokerHost host, params string[] payloads) => PublishAsync(host, 1, payloads);

    private static async Task PublishAsync(BrokerHost host, int qualityOfService, params string[] payloads)
    {
        using var publisher = await host.ConnectAsync("p");
        foreach (var payload in payloads)
        {
            await publisher.PublishAsync("room/1", payload, qualityOfService, identifier: 1);
            if (qualityOfService == 1)
            {
                await publisher.ExpectAsync(RawClient.PublishAck);
            }
            else if (qualityOfService == 2)
            {
                await publisher.ExpectAsync(RawClient.PublishReceived);
                await publisher.ReleaseAsync(1);
                await publisher.ExpectAsync(RawClient.PublishComplete);
            }
        }

        await publisher.ExpectNothingButPingAsync();
    }
}
