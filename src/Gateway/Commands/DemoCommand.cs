using System.CommandLine;
using IoTGateway.Configuration;
using IoTGateway.Demo;

namespace IoTGateway.Commands;

/// <summary><c>demo</c>: the gateway with a simulated ward of eight beds, to look at.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var (data, rules, mqtt, http) = (CommonOptions.Data(), CommonOptions.Rules(), CommonOptions.Mqtt(), CommonOptions.Http());
        var demo = new Command("demo", "Run the gateway with a simulated ward of eight beds.") { data, rules, mqtt, http };
        demo.SetAction((parsed, cancellation) =>
        {
            var directory = parsed.GetValue(data) ?? Path.Combine(Path.GetTempPath(), "iotgateway-demo");
            var overrides = new Dictionary<string, string?>
            {
                ["DataDirectory"] = directory,
                ["CensusFile"] = DemoWard.WriteCensus(directory),
                ["RulesDirectory"] = parsed.GetValue(rules),
                ["Mqtt:Listen"] = parsed.GetValue(mqtt),
                ["Http:Listen"] = parsed.GetValue(http),
            };
            return DemoRun.RunAsync(ConfigurationLoader.Load(file: null, overrides), TimeProvider.System, cancellation);
        });
        return demo;
    }
}
