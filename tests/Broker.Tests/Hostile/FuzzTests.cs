using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Tests.Support;
using IoTGateway.Broker.Topics;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>
/// Whatever bytes come, the decoders say what they are or that they are nothing, and a connection ends or goes on in order. Packets are made from
/// a seed, which a failure names.
/// </summary>
/// <remarks>IOTGATEWAY_TEST_FUZZ_SECONDS=600 runs each for longer; IOTGATEWAY_TEST_SEED=N begins at the seed that a failure named.</remarks>
[Collection(nameof(MeasuredAlone))]
public class FuzzTests
{
    private const int PacketSizeBytesAtMost = 1 << 20;

    /// <summary>For one stream of a few packets. A decoder may copy what it takes, a few times, and the machinery of a connection costs some.</summary>
    private const long AllocatedBytesPerStreamAtMost = 400_000;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Duration =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_FUZZ_SECONDS") ?? "7", CultureInfo.InvariantCulture));

    private static readonly int FirstSeed =
        int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_SEED") ?? $"{Environment.TickCount & 0xFFFFFFF}", CultureInfo.InvariantCulture);

    [Fact]
    public void Decoders_AnyBytes_NeverThrowAllocateOrLookBeyondThePacket()
    {
        var watch = Stopwatch.StartNew();
        var seed = FirstSeed;
        for (; watch.Elapsed < Duration; seed++)
        {
            var generator = new PacketGenerator(new Random(seed));
            var version = 4 + seed % 2;
            var packet = seed % 50 == 0 ? generator.Connect(version, "fuzz") : generator.Any(version);
            try
            {
                // The same packet with other bytes around it must be the same packet.
                var (first, allocated) = Describe([0x00, .. packet, 0x00, 0x00, 0x00, 0x00], 1, packet.Length, version);
                var (second, _) = Describe([0xFF, .. packet, 0xFF, 0xFF, 0xFF, 0xFF], 1, packet.Length, version);
                Assert.Equal(first, second);
                Assert.InRange(allocated, 0, 1_000 + 8 * packet.Length);
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}, packet {Convert.ToHexString(packet)}: {failure}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{seed - FirstSeed} packets from seed {FirstSeed}");
    }

    [Fact]
    public void PublishPacket_ProperOnes_AreReadAsTheyWereMade()
    {
        for (var seed = FirstSeed; seed < FirstSeed + 20_000; seed++)
        {
            var version = 4 + seed % 2;
            var packet = new PacketGenerator(new Random(seed)).Publish(version);
            Assert.Equal(FrameResult.Known, PacketFrame.Read(packet, PacketSizeBytesAtMost, out var header, out var length));
            Assert.Equal(packet.Length, header + length);
            Assert.True(PublishPacket.TryRead(packet[0], packet.AsSpan(header), version == 5, out var publish), $"Seed {seed}, packet {Convert.ToHexString(packet)}.");

            // Written again from what was read: the beginning and the end are the same bytes.
            byte[] head = [(byte)(publish.Topic.Length >> 8), (byte)publish.Topic.Length, .. publish.Topic];
            if (publish.QualityOfService > 0)
            {
                head = [.. head, (byte)(publish.PacketIdentifier >> 8), (byte)publish.PacketIdentifier];
            }

            Assert.True(packet.AsSpan(header).StartsWith(head), $"Seed {seed}.");
            Assert.True(packet.AsSpan().EndsWith(publish.Payload), $"Seed {seed}.");
            Assert.True(version == 5 || header + head.Length + publish.Payload.Length == packet.Length, $"Seed {seed}.");
            Assert.Equal((packet[0] >> 1 & 3, (packet[0] & 1) != 0), (publish.QualityOfService, publish.Retain));
        }
    }

    [Fact]
    public async Task Connection_AnyStream_EndsInOrderAndDisturbsNobody()
    {
        await using var host = await BrokerHost.StartAsync(new BrokerOptions { OpenTopics = true });
        using var good = await host.ConnectAsync("good");
        var watch = Stopwatch.StartNew();
        var seed = FirstSeed;
        var before = GC.GetTotalAllocatedBytes();
        for (; watch.Elapsed < Duration; seed += 4)
        {
            await Task.WhenAll(Enumerable.Range(seed, 4).Select(each => ServeAsync(host, each)));
        }

        var allocated = (GC.GetTotalAllocatedBytes() - before) / (seed - FirstSeed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed - FirstSeed} streams from seed {FirstSeed}, {allocated} bytes allocated for each");
        Assert.InRange(allocated, 0, AllocatedBytesPerStreamAtMost);
        await good.PublishAsync("devices/good/vitals", "fine");
        await good.ExpectAsync(RawClient.PublishAck);
        await BrokerHost.UntilAsync("only the good one is left", () => host.Broker.Counters.Connections == 1);
    }

    /// <summary>What the decoders make of a packet, in words, and what it cost them.</summary>
    private static (string Words, long AllocatedBytes) Describe(byte[] buffer, int start, int length, int version)
    {
        var packet = buffer.AsSpan(start, length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frame = PacketFrame.Read(packet, PacketSizeBytesAtMost, out var header, out var bodyLength);
        if (frame != FrameResult.Known || header + bodyLength > packet.Length)
        {
            return ($"{frame}", GC.GetAllocatedBytesForCurrentThread() - before);
        }

        var body = packet.Slice(header, bodyLength);
        var connect = ConnectHead.Read(body, out var head);
        var usable = connect == ConnectHeadResult.Read && ConnectHead.IsUsable(head.ClientId);
        var isPublish = PublishPacket.TryRead(packet[0], body, version == 5, out var publish);
        var use = TopicRules.Classify(isPublish ? publish.Topic : body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(!isPublish || publish.Payload.Length + publish.Topic.Length <= bodyLength);
        return ($"{connect} {usable} {isPublish} {use} {publish.PacketIdentifier} {publish.TopicAlias} {publish.Payload.Length} {publish.ContentType.Length}", allocated);
    }

    /// <summary>Serves one connection whose client sends a stream made from a seed, in pieces.</summary>
    private static async Task ServeAsync(BrokerHost host, int seed)
    {
        var random = new Random(seed);
        var generator = new PacketGenerator(random);
        var version = 4 + seed % 2;
        var connect = generator.Connect(version, $"fuzz-{seed % 8}");
        var packets = new List<byte[]> { random.Next(8) == 0 ? generator.Mutate(connect) : connect };
        for (var count = random.Next(1, 12); count > 0; count--)
        {
            packets.Add(generator.Any(version));
        }

        var input = new Pipe(new PipeOptions(new ExactPool(random.Next(16, 4_096)), minimumSegmentSize: 16, pauseWriterThreshold: 0));
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await using var transport = new DefaultConnectionContext($"seed {seed}") { Transport = new DuplexPipe(input.Reader, output.Writer) };
        try
        {
            var serving = host.Broker.ServeAsync(transport);
            var bytes = packets.SelectMany(packet => packet).ToArray();
            for (var at = 0; at < bytes.Length;)
            {
                var piece = Math.Min(bytes.Length - at, random.Next(1, 600));
                await input.Writer.WriteAsync(bytes.AsMemory(at, piece));
                at += piece;
            }

            await input.Writer.CompleteAsync();
            await serving.WaitAsync(Hang);
            await output.Writer.CompleteAsync();
            AssertPackets(await ReadAllAsync(output.Reader));
            Assert.Empty(host.Logs.Errors);
        }
        catch (Exception failure)
        {
            Assert.Fail($"Seed {seed}, stream {string.Join(' ', packets.Select(Convert.ToHexString))}: {failure}");
        }
    }

    /// <summary>What the gateway has sent are whole packets of types that a server sends.</summary>
    private static void AssertPackets(byte[] sent)
    {
        for (var at = 0; at < sent.Length;)
        {
            Assert.Equal(FrameResult.Known, PacketFrame.Read(sent.AsSpan(at), int.MaxValue, out var header, out var length));
            Assert.Contains((PacketType)(sent[at] >> 4), (PacketType[])[
                PacketType.ConnectAck, PacketType.Publish, PacketType.PublishAck, PacketType.PublishReceived, PacketType.PublishRelease, PacketType.PublishComplete,
                PacketType.SubscribeAck, PacketType.UnsubscribeAck, PacketType.PingResponse, PacketType.Disconnect]);
            at += header + length;
            Assert.True(at <= sent.Length, "The last packet is cut off.");
        }
    }

    private static async Task<byte[]> ReadAllAsync(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted)
            {
                return read.Buffer.ToArray();
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
