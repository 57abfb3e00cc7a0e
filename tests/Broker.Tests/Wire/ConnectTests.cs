using System.Text;
using IoTGateway.Broker.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace IoTGateway.Broker.Tests.Wire;

public class ConnectTests
{
    [Fact]
    public async Task Connect_Version5WithoutClientId_IsAssignedOne()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", host.Port).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId("").WithCleanStart().Build();

        var answer = await client.ConnectAsync(options, TestContext.Current.CancellationToken);

        Assert.StartsWith("auto-", answer.AssignedClientIdentifier, StringComparison.Ordinal);
        Assert.Equal<(int?, long?, int)>((1_000, 1 << 20, 64), (answer.ReceiveMaximum, answer.MaximumPacketSize, answer.TopicAliasMaximum));
        Assert.False(answer.SharedSubscriptionAvailable);
    }

    [Fact]
    public async Task Connect_WithoutClientIdTwice_AssignsDifferentOnes()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.ConnectAsync("");
        using var second = await host.ConnectAsync("");
        foreach (var client in (RawClient[])[first, second])
        {
            await client.PublishAsync("devices/d/vitals", "1");
            await client.ExpectAsync(RawClient.PublishAck);
        }

        var clients = host.Records(Queue.RecordKind.Reading).Select(record => record.Client).ToList();
        Assert.All(clients, client => Assert.StartsWith("auto-", client, StringComparison.Ordinal));
        Assert.Equal(2, clients.Distinct().Count());
    }

    [Fact]
    public async Task Connect_Version311WithoutClientIdAndNotClean_IsRejected()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        Assert.Equal(2, (await client.ConnectAsync("", clean: false)).Body[1]);
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 0x85)]
    public async Task Connect_ClientIdTooLongOrWithControlCharacters_IsRejected(int version, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        foreach (var clientId in (string[])[new string('x', 257), "a\u0000b", "a\nb"])
        {
            using var client = await host.OpenAsync();
            Assert.Equal(reason, (await client.ConnectAsync(clientId, version)).Body[1]);
            Assert.Empty(await client.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Connect_OtherProtocolLevel_IsAnsweredWithUnacceptableVersion(byte level)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        Assert.Equal(1, (await client.ConnectAsync("c1", protocolLevel: level)).Body[1]);
        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Connect_NothingSentInTime_IsClosed()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(clock: clock);
        using var silent = await host.OpenAsync();
        using var half = await host.OpenAsync();
        await half.SendAsync([0x10, 20, 0, 4]);
        await BrokerHost.UntilAsync("both are known", () => host.Broker.Counters.Connections == 2);

        clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Empty(await silent.ReadToEndAsync());
        Assert.Empty(await half.ReadToEndAsync());
    }

    [Fact]
    public async Task Connect_MoreConnectionsThanAllowed_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { ConnectionsAtMost = 1 });
        using var first = await host.ConnectAsync("c1");
        using var second = await host.OpenAsync();

        Assert.Equal(3, (await second.ConnectAsync("c2")).Body[1]);
        Assert.Empty(await second.ReadToEndAsync());
        await first.ExpectNothingButPingAsync();
    }

    [Theory]
    [InlineData("10 0C 0004 4D515454 04 03 0000 0000")] // reserved flag
    [InlineData("10 0C 0004 4D515454 04 1E 0000 0000")] // will with QoS 3
    [InlineData("10 0C 0004 4D515454 04 0A 0000 0000")] // will QoS without a will
    [InlineData("10 0C 0004 4D515454 04 42 0000 0000")] // password without a user name
    [InlineData("10 0C 0004 4D515455 04 02 0000 0000")] // another protocol
    [InlineData("10 0B 0004 4D515454 04 02 0000 00")] // ends early
    [InlineData("10 0D 0004 4D515454 05 02 0000 05 0000")] // properties end early
    [InlineData("30 05 0001 61 31 32")] // no CONNECT at all
    [InlineData("10 FF FF FF FF 01")] // a length of five bytes
    [InlineData("10 FF FF FF 7F")] // 256 MiB
    [InlineData("10 11 0004 4D515454 04 82 0000 0001 61 0002 C328")] // a user name that is not UTF-8
    [InlineData("10 0E 0004 4D515454 04 02 0000 0001 61 00")] // more than there should be
    [InlineData("00 00")]
    [InlineData("47455420 2F20 48545450")] // GET / HTTP
    public async Task Connect_Malformed_IsClosedAtOnce(string bytes)
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Empty(await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Connect_ClientIdOf23LettersAndDigits_IsAccepted()
    {
        const string All = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        await using var host = await BrokerHost.StartAsync();
        for (var start = 0; start < All.Length; start += 23)
        {
            using var client = await host.OpenAsync();
            Assert.Equal(0, (await client.ConnectAsync(All.Substring(Math.Min(start, All.Length - 23), 23))).Body[1]);
        }
    }

    [Fact]
    public async Task Connect_EveryInformationRequested_IsAnsweredWithoutIt()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();

        var answer = await client.Connect5Async("c", [0x19, 1, 0x17, 1, .. RawClient.UserProperty("a", "b")], keepAliveSeconds: 30);

        // Receive maximum, topic alias maximum, maximum packet size, shared subscriptions; in whatever order, and nothing else.
        var properties = Convert.ToHexString(answer.Body.AsSpan(3));
        foreach (var expected in (string[])["2103E8", "220040", "2700100000", "2A00"])
        {
            Assert.Contains(expected, properties, StringComparison.Ordinal);
            properties = properties.Replace(expected, "", StringComparison.Ordinal);
        }

        Assert.Empty(properties);
    }

    [Fact]
    public async Task Connect_Twice_IsAProtocolError()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.ConnectAsync("c1", version: 5);

        await Assert.ThrowsAnyAsync<Exception>(() => client.ConnectAsync("c1", version: 5));
    }

    [Fact]
    public async Task Connect_WithAuthenticationMethod_IsRefused()
    {
        await using var host = await BrokerHost.StartAsync();
        using var client = await host.OpenAsync();
        byte[] method = [0x15, 0, 1, (byte)'x'];

        await client.SendAsync(0x10, [0, 4, .. Encoding.ASCII.GetBytes("MQTT"), 5, 2, 0, 0, (byte)method.Length, .. method, 0, 1, (byte)'c']);

        var answer = Assert.Single(await client.ReadToEndAsync());
        Assert.Equal((RawClient.ConnectAck, 0x8C), (answer.Type, answer.Body[1]));
    }

    [Fact]
    public async Task Connect_RefusedAgainAndAgain_IsLoggedOnceAMinute()
    {
        var clock = new FakeTimeProvider();
        await using var host = await BrokerHost.StartAsync(clock: clock);
        for (var minute = 0; minute < 3; minute++)
        {
            for (var attempt = 0; attempt < 30; attempt++)
            {
                using var client = await host.OpenAsync();
                await client.SendAsync(0x10, [0, 4, .. Encoding.ASCII.GetBytes("MQTT"), 5, 2, 0, 0, 4, 0x15, 0, 1, (byte)'x', 0, 1, (byte)'c']);
                await client.ReadToEndAsync();
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, host.Logs.All.Count(text => text.Contains("A CONNECT was refused", StringComparison.Ordinal)));
        Assert.Equal(2, host.Logs.All.Count(text => text.StartsWith("29 further complaints", StringComparison.Ordinal)));
    }
}
