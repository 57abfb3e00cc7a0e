using System.IO.Pipelines;
using IoTGateway.Broker.Tests.Support;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker.Tests.Connections;

public class MqttConnectionTests
{
    private static readonly byte[] Connect = [0x10, 14, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 2, (byte)'c', (byte)'1'];

    [Fact]
    public async Task Receive_SeamsOfTheBufferAnywhere_TakesEveryPacketAtOnce()
    {
        await using var host = await BrokerHost.StartAsync();
        using var source = await host.OpenAsync();
        var publish = source.PublishPacket("devices/d/vitals", "abc");
        var expected = 0;
        for (var size = 1; size <= Connect.Length + 4 * publish.Length; size++)
        {
            // No reader at first, so that all bytes are in the buffer when the connection begins, and nothing comes later to wake it.
            var input = new Pipe(new PipeOptions(new ExactPool(size), minimumSegmentSize: size, pauseWriterThreshold: 0));
            var output = new Pipe();
            await input.Writer.WriteAsync(new byte[][] { Connect, publish, publish, publish, publish }.SelectMany(bytes => bytes).ToArray(), TestContext.Current.CancellationToken);
            await using var transport = new DefaultConnectionContext($"size {size}")
            {
                Transport = new DuplexPipe(input.Reader, output.Writer),
            };
            var serving = host.Broker.ServeAsync(transport);
            expected += 4;

            await BrokerHost.UntilAsync($"all are taken with segments of {size} bytes", () => host.Broker.Counters.Received == expected);
            await input.Writer.CompleteAsync();
            await serving;
        }

        Assert.All(host.Readings(), payload => Assert.Equal("abc", payload));
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
