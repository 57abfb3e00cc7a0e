using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Replay;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary><c>firmware-sim replay FILE.csv</c>.</summary>
internal static class ReplayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE.csv") { Description = $"The recording: CSV with the header {RecordingReader.Header}." };
        var speed = new Option<double?>("--speed")
        {
            Description = "How many times faster than recorded; 1 is real time, 'max' as fast as it goes. [default: max]",
            HelpName = "N|max",
            CustomParser = ParseSpeed,
        };
        var start = new Option<ReplayStart>("--start")
        {
            Description = "The time of the recording's second 0 (ISO 8601 with Z or an offset), or 'now': its first reading is now. "
                + "[default: its last reading is now]",
            HelpName = "TIME|now",
            CustomParser = ParseStart,
        };
        var prefix = new Option<string>("--device-prefix")
        {
            Description = "What stands before each patient to make the device's name. [default: nothing]",
            HelpName = "TEXT",
        };
        prefix.Validators.Add(GatewayOptions.ValidatePrefix);
        var window = new Option<int>("--window")
        {
            Description = "How many readings of a device may be unacknowledged at once.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
            CustomParser = result => GatewayOptions.WholeNumber(result, "--window", 1, 10_000),
        };
        var connections = new Option<int>("--connections")
        {
            Description = "How many patients are connected at once.",
            HelpName = "N",
            DefaultValueFactory = _ => 64,
            CustomParser = result => GatewayOptions.WholeNumber(result, "--connections", 1, 10_000),
        };
        var protocol = new Option<DeviceProtocol?>("--protocol")
        {
            Description = "The version of MQTT: 3.1.1 or 5. [default: 3.1.1]",
            HelpName = "3.1.1|5",
            CustomParser = ParseProtocol,
        };
        var gateway = new GatewayOptions();
        var command = new Command(
            "replay",
            "Replays a recording of vital signs: one device for each patient, one reading for each time. Ends when the gateway has acknowledged all of them.")
        {
            file, speed, start, prefix, window, connections, protocol,
        };
        gateway.AddTo(command);
        command.SetAction((parsed, cancellation) => ReplayAsync(
            terminal,
            parsed.GetValue(file)!,
            new ReplayOptions
            {
                Speed = parsed.GetValue(speed),
                Start = parsed.GetValue(start) ?? ReplayStart.EndsNow,
                Quality = gateway.Quality(parsed),
                DevicePrefix = parsed.GetValue(prefix) ?? "",
                Connections = parsed.GetValue(connections),
                Device = new DeviceClientOptions
                {
                    ClientId = "replay",
                    Host = gateway.Host(parsed),
                    Port = gateway.Port(parsed),
                    GiveUpAfter = gateway.GiveUpAfter(parsed),
                    Protocol = parsed.GetValue(protocol) ?? DeviceProtocol.Mqtt311,
                    Window = parsed.GetValue(window),
                    StoreCapacity = parsed.GetValue(window) * 2,
                },
            },
            cancellation));
        return command;
    }

    private static async Task<int> ReplayAsync(Terminal terminal, string file, ReplayOptions options, CancellationToken cancellation)
    {
        Recording recording;
        try
        {
            recording = RecordingReader.ReadFile(file);
        }
        catch (RecordingFormatException fault)
        {
            await terminal.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await terminal.Error.WriteLineAsync(DescribeUnreadable(file, failure)).ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        var notices = new ConnectionNotices($"{options.Device.Host}:{options.Device.Port}", terminal.Clock);
        ReplayRun run;
        try
        {
            run = new ReplayRun(recording, options with { Device = options.Device with { OnConnection = notices.Observe } }, terminal.Clock);
        }
        catch (ArgumentException fault)
        {
            await terminal.Error.WriteLineAsync(fault.Message.Split(" (Parameter")[0]).ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        return await new ReplayProgress(terminal, recording, run, notices).RunAsync(cancellation).ConfigureAwait(false);
    }

    private static string DescribeUnreadable(string file, Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"There is no file {file}: give the path of a recording.",
        _ when Directory.Exists(file) => $"{file} is a directory: give the path of a recording.",
        _ => $"{file} cannot be read: {failure.Message}",
    };

    private static double? ParseSpeed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "max")
        {
            return null;
        }

        // The bounds keep every due time far from overflow; nobody waits for the lower, and the upper is as fast as it goes.
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.001 and <= 1e6)
        {
            return speed;
        }

        result.AddError($"--speed must be 'max' or a number from 0.001 to 1000000, not '{text}'");
        return null;
    }

    private static ReplayStart? ParseStart(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "now")
        {
            return ReplayStart.BeginsNow;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (hasOffset && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return ReplayStart.At(Instant.From(time));
        }

        result.AddError($"--start must be 'now' or a time with Z or an offset such as 2026-11-22T20:40:00Z, not '{text}'");
        return null;
    }

    private static DeviceProtocol? ParseProtocol(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "3.1.1":
                return DeviceProtocol.Mqtt311;
            case "5" or "5.0":
                return DeviceProtocol.Mqtt5;
            default:
                result.AddError($"--protocol must be 3.1.1 or 5, not '{result.Tokens[0].Value}'");
                return null;
        }
    }
}
