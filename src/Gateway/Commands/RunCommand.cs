using System.CommandLine;
using IoTGateway.Configuration;
using IoTGateway.Hosting;

namespace IoTGateway.Commands;

/// <summary><c>run</c>: the gateway for real use.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var (data, rules, census, mqtt, http) = (CommonOptions.Data(), CommonOptions.Rules(), CommonOptions.Census(), CommonOptions.Mqtt(), CommonOptions.Http());
        var (roster, notifications) = (CommonOptions.Roster(), CommonOptions.Notifications());
        var run = new Command("run", "Run the gateway.") { config, data, rules, census, roster, notifications, mqtt, http };
        run.SetAction((parsed, cancellation) =>
        {
            var overrides = new Dictionary<string, string?>
            {
                ["DataDirectory"] = parsed.GetValue(data),
                ["RulesDirectory"] = parsed.GetValue(rules),
                ["CensusFile"] = parsed.GetValue(census),
                ["RosterFile"] = parsed.GetValue(roster),
                ["NotificationsFile"] = parsed.GetValue(notifications),
                ["Mqtt:Listen"] = parsed.GetValue(mqtt),
                ["Http:Listen"] = parsed.GetValue(http),
            };
            return RunAsync(ConfigurationLoader.Load(parsed.GetValue(config), overrides), cancellation);
        });
        return run;
    }

    private static async Task<int> RunAsync(GatewayOptions options, CancellationToken cancellation)
    {
        await using var gateway = await GatewayHost.StartAsync(options, LogLevel.Information, TimeProvider.System, cancellation);
        Console.Out.WriteLine($"Devices connect to {gateway.MqttAddress} (MQTT). The board is at {gateway.BoardAddress}");
        Console.Out.WriteLine($"Data is kept in {Path.GetFullPath(options.DataDirectory)}. Ctrl-C stops the gateway.");
        await gateway.WaitUntilStoppedAsync(cancellation);
        Console.Out.WriteLine("Stopping.");
        return ExitCode.Fine;
    }
}
