using IoTGateway.Configuration;
using IoTGateway.FirmwareSim.Ward;
using IoTGateway.Hosting;

namespace IoTGateway.Demo;

/// <summary>Runs the gateway and the simulated ward in one process, connected by real MQTT connections, and tells what happens.</summary>
internal static class DemoRun
{
    public static async Task<int> RunAsync(GatewayOptions options, TimeProvider clock, CancellationToken cancellation)
    {
        await using var gateway = await GatewayHost.StartAsync(options, LogLevel.Warning, clock, cancellation);
        Console.Out.WriteLine($"""
            IoTGateway demo: {DemoWard.Beds} simulated beds. Not for use on patients.

              Ward board   {gateway.BoardAddress}
              MQTT         {gateway.MqttAddress}   for example: mosquitto_sub -p {gateway.MqttAddress.Port} -t 'alerts/#' -v
              Data         {Path.GetFullPath(options.DataDirectory)}

            Within half a minute a patient deteriorates. Ctrl-C ends the demo; the next one goes on with the same data.
            """);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ward = new WardSimulation(
            new WardSimulationOptions { Host = gateway.MqttAddress.Address.ToString(), Port = gateway.MqttAddress.Port, Beds = DemoWard.Beds }, clock);
        var simulation = ward.RunAsync(end.Token);
        var summary = new DemoSummary(gateway, clock, Console.Out, isTerminal: !Console.IsOutputRedirected).RunAsync(end.Token);
        var stopped = gateway.WaitUntilStoppedAsync(end.Token);
        await Task.WhenAny(simulation, summary, stopped);
        await end.CancelAsync();
        Console.Out.WriteLine();
        Console.Out.WriteLine("Stopping.");
        await Task.WhenAll(simulation, summary, stopped);
        return ExitCode.Fine;
    }
}
