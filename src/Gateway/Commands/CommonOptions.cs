using System.CommandLine;
using IoTGateway.Configuration;
using IoTGateway.Readings;

namespace IoTGateway.Commands;

/// <summary>The options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string?> Config() => new("--config") { Description = "Configuration file (default: appsettings.json in the working directory).", HelpName = "FILE" };

    public static Option<string?> Data() => new("--data") { Description = "Directory of the log and the built-in store.", HelpName = "DIR" };

    public static Option<string?> Rules() => new("--rules") { Description = "Directory of the rule files (default: the shipped rules).", HelpName = "DIR" };

    public static Option<string?> Census() => new("--census") { Description = "Census file: wards, beds, patients, devices.", HelpName = "FILE" };

    public static Option<string?> Roster() => new("--roster") { Description = "Roster file: who is on which shift.", HelpName = "FILE" };

    public static Option<string?> Notifications() => new("--notifications") { Description = "Notification rules: who is told of which alerts, over which channels.", HelpName = "FILE" };

    public static Option<string?> Mqtt() => Address("--mqtt", "Where devices connect (default: 127.0.0.1:1883).");

    public static Option<string?> Http() => Address("--http", "Where the board is (default: 127.0.0.1:8080).");

    public static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format") { Description = $"Output as {string.Join(", ", formats)}.", HelpName = string.Join('|', formats), DefaultValueFactory = _ => formats[0] };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    /// <summary>A time in ISO 8601; anything else is wrong usage.</summary>
    public static Option<Instant?> Time(string name, string description) => new(name)
    {
        Description = description + " ISO 8601; UTC without an offset.",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (StartPlace.Time(result.Tokens[0].Value) is { } time)
            {
                return Instant.From(time);
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' is not a time such as 2026-11-22T12:00:00Z.");
            return null;
        },
    };

    /// <summary>An address is wrong usage where it is none; whether it may be used is the configuration's business.</summary>
    private static Option<string?> Address(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "HOST:PORT" };
        option.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<string?>() is { } value && !GatewayOptionsValidator.IsAddress(value))
            {
                parsed.AddError($"{name} '{value}' is not {GatewayOptionsValidator.AddressExpected}.");
            }
        });
        return option;
    }
}
