using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: no acknowledgement leaves before the flush that makes its reading durable. Method: the system calls of the running gateway are
/// recorded; between receiving a PUBLISH and sending its PUBACK or PUBREC there must be a flush that began after the one and ended before the other.
/// </summary>
public sealed partial class FlushBeforeAckTests : EndToEndTest
{
    private const int Messages = 20;

    [Theory]
    [InlineData(1, 0x32, 0x40)]
    [InlineData(2, 0x34, 0x50)]
    public async Task Publish_Traced_AFlushLiesBetweenEachPublishAndItsAck(int qualityOfService, int publishByte, int ackByte)
    {
        var strace = OutsidePrograms.Require("strace", "strace");
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var trace = PathOf("trace");
        using var gateway = GatewayProcess.Launch(
            ["run", "--data", Data, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0"],
            strace, "-f", "--seccomp-bpf", "-xx", "-s", "16", "-e", "trace=fsync,fdatasync,sendto,sendmsg,recvfrom,recvmsg", "-o", trace);
        await gateway.WaitUntilListeningAsync(Cancellation);

        await OutsideProcess.RunAsync(
            publish, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", qualityOfService.ToString(CultureInfo.InvariantCulture),
            "-t", "devices/traced/vitals", "-m", """{"hr":72}""", "--repeat", Messages.ToString(CultureInfo.InvariantCulture), "--repeat-delay", "0.2");

        var calls = Read(await File.ReadAllLinesAsync(trace, Cancellation), publishByte, ackByte);
        Assert.Equal(Messages, calls.Publishes.Count);
        Assert.Equal(Messages, calls.Acks.Count);
        for (var number = 0; number < Messages; number++)
        {
            Assert.True(
                calls.Flushes.Any(flush => flush.Began > calls.Publishes[number] && flush.Ended < calls.Acks[number]),
                $"Message {number + 1}: received at line {calls.Publishes[number]} of the trace, acknowledged at line {calls.Acks[number]}, and no flush between.");
        }
    }

    [Fact]
    public void Read_AckBeforeTheFlushEnded_HasNoFlushBetween()
    {
        // The check itself is checked: in this trace the acknowledgement leaves while the flush is still running.
        var calls = Read(
            [
                """10 recvfrom(210, "\x32\x20\x00\x15", 4096, 0, NULL, NULL) = 34""",
                "11 fsync(99 <unfinished ...>",
                """10 sendto(210, "\x40\x02\x00\x01", 4, MSG_NOSIGNAL, NULL, 0) = 4""",
                "11 <... fsync resumed>) = 0",
            ],
            0x32,
            0x40);

        Assert.Equal([0], calls.Publishes);
        Assert.Equal([2], calls.Acks);
        Assert.Equal([(1, 3)], calls.Flushes);
    }

    /// <summary>The lines at which publishes were received, flushes began and ended, and acknowledgements were sent.</summary>
    private static (List<int> Publishes, List<(int Began, int Ended)> Flushes, List<int> Acks) Read(string[] lines, int publishByte, int ackByte)
    {
        var publishes = new List<int>();
        var flushes = new List<(int, int)>();
        var acks = new List<int>();
        var running = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var line = 0; line < lines.Length; line++)
        {
            var text = lines[line];
            var thread = text.Split(' ', 2)[0];
            if (FlushBegins().IsMatch(text))
            {
                if (text.EndsWith("= 0", StringComparison.Ordinal))
                {
                    flushes.Add((line, line));
                }
                else
                {
                    running[thread] = line;
                }
            }
            else if (FlushEnds().IsMatch(text) && running.Remove(thread, out var began))
            {
                flushes.Add((began, line));
            }
            else if (FirstReceived().Match(text) is { Success: true } received && Convert.ToInt32(received.Groups[1].Value, 16) == publishByte)
            {
                publishes.Add(line);
            }
            else if (FirstSent().Match(text) is { Success: true } sent && Convert.ToInt32(sent.Groups[1].Value, 16) == ackByte)
            {
                acks.Add(line);
            }
        }

        return (publishes, flushes, acks);
    }

    [GeneratedRegex(@" f(data)?sync\(")]
    private static partial Regex FlushBegins();

    [GeneratedRegex(@"<\.\.\. f(data)?sync resumed>.*= 0$")]
    private static partial Regex FlushEnds();

    [GeneratedRegex(@"(?:recvfrom|recvmsg)(?:\(| resumed>).*?""\\x([0-9a-f]{2})")]
    private static partial Regex FirstReceived();

    [GeneratedRegex(@"(?:sendto|sendmsg)\(.*?""\\x([0-9a-f]{2})")]
    private static partial Regex FirstSent();
}
