using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using IoTGateway.FirmwareSim.Device;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary>The options that say how to reach the gateway; the same for every command.</summary>
internal sealed class GatewayOptions
{
    private readonly Option<string> _host = new("--host")
    {
        Description = "The gateway's host name or address.",
        HelpName = "HOST",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "The gateway's MQTT port.",
        HelpName = "PORT",
        DefaultValueFactory = _ => 1883,
        CustomParser = result => WholeNumber(result, "--port", 1, ushort.MaxValue),
    };

    private readonly Option<int> _quality = new("--qos")
    {
        Description = "The delivery promise: 1 (at least once) or 2 (exactly once).",
        HelpName = "1|2",
        DefaultValueFactory = _ => 1,
        CustomParser = result => WholeNumber(result, "--qos", 1, 2),
    };

    private readonly Option<TimeSpan?> _giveUpAfter = new("--give-up-after")
    {
        Description = "Give up after this many seconds without a working connection; without it the devices try for ever.",
        HelpName = "SECONDS",
        CustomParser = result => Seconds(result, "--give-up-after"),
    };

    /// <summary>The gateway's host.</summary>
    public string Host(ParseResult parsed) => parsed.GetValue(_host)!;

    /// <summary>The gateway's port.</summary>
    public int Port(ParseResult parsed) => parsed.GetValue(_port);

    /// <summary>The delivery promise.</summary>
    public DeliveryQuality Quality(ParseResult parsed) => (DeliveryQuality)parsed.GetValue(_quality);

    /// <summary>After how long to give up; null: never.</summary>
    public TimeSpan? GiveUpAfter(ParseResult parsed) => parsed.GetValue(_giveUpAfter);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_port);
        command.Options.Add(_quality);
        command.Options.Add(_giveUpAfter);
        _host.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--host must not be empty");
            }
        });
    }

    /// <summary>Parses a whole number in a range; adds an error that names the option and the range.</summary>
    public static int WholeNumber(ArgumentResult result, string option, int lowest, int highest)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
        {
            return number;
        }

        result.AddError($"{option} must be a whole number from {lowest} to {highest}, not '{text}'");
        return default;
    }

    /// <summary>Parses a number of seconds above 0; adds an error that names the option.</summary>
    public static TimeSpan? Seconds(ArgumentResult result, string option)
    {
        const double LongestSeconds = 365.0 * 86_400;
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= LongestSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"{option} must be a number of seconds above 0, not '{text}'");
        return null;
    }

    /// <summary>Adds an error where a device prefix cannot stand in a topic and a client id.</summary>
    public static void ValidatePrefix(OptionResult result)
    {
        if (result.GetValueOrDefault<string>() is not { Length: <= 128 } prefix || prefix.AsSpan().ContainsAny("/+#\0\""))
        {
            result.AddError("--device-prefix must not hold / + # or a quotation mark, nor more than 128 characters");
        }
    }
}
