using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>The census file as a user has it: imported once, followed while it changes, and told of on the command line.</summary>
public sealed class CensusImportTests : EndToEndTest
{
    private const string First = "version: 1\nwards:\n  - ward: ICU\n    monitored: [hr]\n    beds:\n      - { bed: ICU-1, patient: p1, devices: [m1] }\n      - { bed: ICU-2 }\n";

    [Fact]
    public async Task CensusFile_ChangedAndRestarted_IsImportedOncePerContent()
    {
        var file = PathOf("census.yaml");
        await File.WriteAllTextAsync(file, First, Cancellation);
        using (await StartGatewayAsync(0, "--census", file))
        {
            await ShowsAsync("census file: ICU-1: new bed; ICU-2: new bed; ICU-1: p1 admitted; and 1 more");
            await File.WriteAllTextAsync(file, First.Replace("ICU-2", "ICU-2, patient: p7", StringComparison.Ordinal), Cancellation);
            await ShowsAsync("census file: ICU-2: p7 admitted");
            var (code, answer) = await GatewayProcess.RunAsync("census", "apply", "--data", Data);
            Assert.Equal((1, "No census file waits."), (code, answer.Trim()));
        }

        using (await StartGatewayAsync(0, "--census", file))
        {
            var shown = await ShowsAsync("census file: ICU-2: p7 admitted");
            Assert.Equal(2, shown.Split('\n').Count(line => line.Contains("census file:", StringComparison.Ordinal)));
        }

        Assert.NotEqual(0, (await GatewayProcess.RunAsync("census", "show", "--data", Data)).ExitCode);
    }

    [Fact]
    public async Task CensusFile_BecomesInvalid_StandsInReadyzUntilItIsMended()
    {
        var file = PathOf("census.yaml");
        await File.WriteAllTextAsync(file, First, Cancellation);
        using var gateway = await StartGatewayAsync(0, "--census", file);
        await ShowsAsync("census file: ICU-1: new bed; ICU-2: new bed; ICU-1: p1 admitted; and 1 more");
        using var client = new HttpClient { BaseAddress = gateway.Board };

        await File.WriteAllTextAsync(file, First.Replace("patient: p1", "patient: p1, patiant: p2", StringComparison.Ordinal), Cancellation);

        await ReadyAsync("cannot be used since", holds: true);
        var ready = await client.GetStringAsync("readyz", Cancellation);
        Assert.Contains("1 error in line 6", ready, StringComparison.Ordinal);
        Assert.DoesNotContain("p1", ready, StringComparison.Ordinal);
        Assert.DoesNotContain("patiant", gateway.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, First, Cancellation);
        await ReadyAsync("cannot be used since", holds: false);

        Task ReadyAsync(string words, bool holds) => Eventually.HoldsAsync(
            $"/readyz {(holds ? "says" : "does not say")} '{words}'",
            Deadline,
            async () => (await (await client.GetAsync("readyz", Cancellation)).Content.ReadAsStringAsync(Cancellation)).Contains(words, StringComparison.Ordinal) == holds,
            Cancellation);
    }

    private async Task<string> ShowsAsync(string step)
    {
        var shown = "";
        await Eventually.HoldsAsync(
            $"the step is there: {step}",
            Deadline,
            async () =>
            {
                (var code, shown) = await GatewayProcess.RunAsync("census", "show", "--data", Data);
                Assert.True(code == 0, shown);
                return shown.StartsWith("No census file waits.", StringComparison.Ordinal) && shown.Contains(step, StringComparison.Ordinal);
            },
            Cancellation);
        return shown;
    }
}
