using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: no acknowledgement leaves before the flush that makes its reading durable. Method: the system calls of the running gateway are
/// recorded; before each PUBACK or PUBREC that is written to a socket there must be a flush that began after its PUBLISH had been received.
/// </summary>
public sealed partial class FlushBeforeAckTests : EndToEndTest
{
    private const int Messages = 25;

    [Theory]
    [InlineData(1, 0x40)]
    [InlineData(2, 0x50)]
    public async Task Publish_OneAfterTheOther_EachAckFollowsAFlush(int qualityOfService, byte acknowledgement)
    {
        var strace = OutsidePrograms.Require("strace", "strace");
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var trace = PathOf("trace");
        using var gateway = GatewayProcess.Launch(
            ["run", "--data", Data, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0"],
            strace, "-f", "-ttt", "-xx", "-s", "64", "-e", "trace=fsync,fdatasync,sendto,sendmsg,recvfrom,recvmsg,write,read", "-o", trace);
        await gateway.WaitUntilListeningAsync(Cancellation);

        var port = gateway.MqttPort.ToString(CultureInfo.InvariantCulture);
        for (var number = 1; number <= Messages; number++)
        {
            await OutsideProcess.RunAsync(publish, "-p", port, "-q", qualityOfService.ToString(CultureInfo.InvariantCulture), "-t", "devices/traced/vitals", "-m", $$"""{"hr":{{60 + number}}}""");
        }

        Assert.Equal(Messages, AssertFlushBeforeEachAck(await File.ReadAllLinesAsync(trace, Cancellation), acknowledgement));
    }

    /// <summary>Goes through the calls in order; returns how many acknowledgements there were.</summary>
    private static int AssertFlushBeforeEachAck(string[] calls, byte acknowledgement)
    {
        var acks = 0;
        var flushesSincePublish = 0;
        var flushing = new Dictionary<string, bool>(StringComparer.Ordinal);
        var published = false;
        foreach (var call in calls)
        {
            var thread = call.Split(' ', 2)[0];
            if (call.Contains("fsync(", StringComparison.Ordinal) || call.Contains("fdatasync(", StringComparison.Ordinal))
            {
                // A flush counts only if it began after the publish was received.
                flushing[thread] = published;
                if (call.EndsWith("= 0", StringComparison.Ordinal) && published)
                {
                    flushesSincePublish++;
                }
            }
            else if (FlushResumed().IsMatch(call) && flushing.GetValueOrDefault(thread))
            {
                flushesSincePublish++;
            }
            else if (Received().Match(call) is { Success: true } received && received.Groups[1].Value is "32" or "34" or "30")
            {
                (published, flushesSincePublish) = (true, 0);
                flushing.Clear();
            }
            else if (Sent().Match(call) is { Success: true } sent && Convert.ToByte(sent.Groups[1].Value, 16) == acknowledgement)
            {
                acks++;
                Assert.True(published && flushesSincePublish > 0, $"An acknowledgement left without a flush behind its PUBLISH: {call}");
                published = false;
            }
        }

        return acks;
    }

    [GeneratedRegex(@"<\.\.\. f(data)?sync resumed>.*= 0")]
    private static partial Regex FlushResumed();

    /// <summary>The first byte of what a socket received.</summary>
    [GeneratedRegex(@"(?:recvfrom|recvmsg|read)(?:\(| resumed>).*?""\\x([0-9a-f]{2})")]
    private static partial Regex Received();

    /// <summary>The first byte of four that were sent: a whole PUBACK or PUBREC.</summary>
    [GeneratedRegex(@"(?:sendto|sendmsg|write)\(\d+, [^""]*""\\x([0-9a-f]{2})\\x02\\x[0-9a-f]{2}\\x[0-9a-f]{2}""")]
    private static partial Regex Sent();
}
