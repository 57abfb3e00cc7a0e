namespace IoTGateway.Tests.Support;

/// <summary>
/// <c>tests/Load/mqttload.c</c>, a publisher that costs little and keeps a ledger of what was acknowledged to it, through reconnects. Its head lists
/// its options.
/// </summary>
public static class LoadGenerator
{
    private static readonly Lazy<Task<string>> Built = new(BuildOnceAsync);

    /// <summary>Builds it and returns the program's path; skips the test where there is no compiler.</summary>
    public static Task<string> BuildAsync()
    {
        OutsidePrograms.Require("gcc", "gcc");
        return Built.Value;
    }

    /// <summary>Starts it against a gateway on this machine.</summary>
    public static async Task<OutsideProcess> StartAsync(int port, params string[] options) =>
        new(await BuildAsync(), ["-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. options]);

    private static async Task<string> BuildOnceAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "mqttload");
        var partial = $"{program}.{Environment.ProcessId}";
        await OutsideProcess.RunAsync(OutsidePrograms.Require("gcc", "gcc"), "-O2", "-o", partial, Repository.PathOf("tests/Load/mqttload.c"));
        File.Move(partial, program, overwrite: true);
        return program;
    }
}
