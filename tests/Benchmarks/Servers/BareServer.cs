using System.Globalization;

namespace IoTGateway.Benchmarks.Servers;

/// <summary>Broker and queue alone: the gateway with its consumers paused. See <see cref="Host.BareHost"/>.</summary>
internal sealed class BareServer : ServerProcess
{
    private BareServer(string directory) : base(Environment.ProcessPath!, "host", Path.Combine(directory, "log"))
    {
    }

    public override string Name => "IoTGateway, consumers paused";

    public static async Task<BareServer> StartAsync(string directory)
    {
        var server = new BareServer(directory);
        server.Port = int.Parse((await server.WaitForLineAsync("listening")).Split(' ')[1], CultureInfo.InvariantCulture);
        return server;
    }

    public override async Task<long> AllocatedBytesAsync()
    {
        await Input.WriteLineAsync();
        await Input.FlushAsync();
        return long.Parse(await Output.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads everything it has queued, as a consumer does. Records a second.</summary>
    public async Task<double> ReadBacklogAsync()
    {
        await Input.WriteLineAsync("read");
        await Input.FlushAsync();
        return double.Parse(await Output.ReadLineAsync() ?? "", CultureInfo.InvariantCulture);
    }

    public override ValueTask DisposeAsync()
    {
        Input.Close(); // It ends with its input.
        return base.DisposeAsync();
    }
}
