using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: damage on the disk costs what it hit and nothing else, and everybody who has to know is told. Method: a byte of a stopped gateway's log is
/// changed; then the commands look at it, and the gateway starts on it.
/// </summary>
public sealed class DamagedLogTests : EndToEndTest
{
    private const int Messages = 30;

    [Fact]
    public async Task Log_ByteInTheMiddleHasChanged_TheRestIsThereAndPeopleAreTold()
    {
        using (var gateway = await StartGatewayAsync())
        {
            for (var message = 0; message < Messages; message++)
            {
                // One after the other, so that each has a frame of its own.
                var (sent, words) = await MosquittoAsync(gateway.MqttPort, $$"""{"hr":{{60 + message}}}""");
                Assert.True(sent == 0, words);
            }

            gateway.Terminate();
            await gateway.WaitForExitAsync(Deadline, Cancellation);
        }

        Assert.Equal(0, (await GatewayProcess.RunAsync("queue", "verify", "--data", Data)).ExitCode);
        await SpoilAsync("""{"hr":75}""");

        var (verified, report) = await GatewayProcess.RunAsync("queue", "verify", "--data", Data);
        Assert.True(verified == 1, report);
        Assert.Contains("devices/d1/vitals number 16", report, StringComparison.Ordinal);
        var (dumped, output) = await GatewayProcess.RunAsync("queue", "dump", "--data", Data);
        Assert.Equal(1, dumped);
        var readings = output.Split('\n').Where(line => line.StartsWith("{\"topic\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(Messages - 1, readings.Count);
        Assert.Contains("devices/d1/vitals number 16", output, StringComparison.Ordinal);

        using var again = await StartGatewayAsync();
        using var http = new HttpClient { BaseAddress = again.Board };
        await Eventually.HoldsAsync(
            "a technical alert tells of it", Deadline,
            async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("gateway:stored-records-are-damaged", StringComparison.Ordinal), Cancellation);
        await Eventually.HoldsAsync("the operator's log names it", Deadline, () => again.Output.Contains("Stored records are damaged", StringComparison.Ordinal), Cancellation);
        Assert.Equal(0, (await MosquittoAsync(again.MqttPort, """{"hr":99}""")).ExitCode);
    }

    private static async Task<(int ExitCode, string Output)> MosquittoAsync(int port, string payload)
    {
        var program = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        using var process = new OutsideProcess(program, ["-p", $"{port}", "-q", "1", "-t", "devices/d1/vitals", "-m", payload]);
        await process.WaitForSuccessAsync(Deadline, Cancellation);
        return (0, process.Output);
    }

    private async Task SpoilAsync(string text)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Data, "log"), "*.log"))
        {
            var bytes = await File.ReadAllBytesAsync(path, Cancellation);
            if (bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) is var at and >= 0)
            {
                bytes[at + 7] ^= 0x04;
                await File.WriteAllBytesAsync(path, bytes, Cancellation);
                return;
            }
        }

        Assert.Fail("The reading is not in the log.");
    }
}
