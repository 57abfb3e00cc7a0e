using System.Globalization;
using System.Net;

namespace IoTGateway.Configuration;

/// <summary>Finds everything that is wrong with a configuration at once.</summary>
internal static class GatewayOptionsValidator
{
    /// <summary>What an address has to be, in words.</summary>
    public const string AddressExpected = "an IP address and a port from 0 to 65535, such as 127.0.0.1:1883";

    /// <summary>One sentence for each error; none if all is well.</summary>
    public static IReadOnlyList<string> Validate(GatewayOptions options)
    {
        var errors = new List<string>();
        Address(errors, "Mqtt:Listen", options.Mqtt.Listen);
        Address(errors, "Http:Listen", options.Http.Listen);
        if (options.Mqtt.Listen == options.Http.Listen && !options.Mqtt.Listen.EndsWith(":0", StringComparison.Ordinal))
        {
            errors.Add($"Mqtt:Listen and Http:Listen are both {options.Mqtt.Listen}: give each its own port.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.Site.TimeZone, out _))
        {
            errors.Add($"Site:TimeZone '{options.Site.TimeZone}' is not a time zone this machine knows; write an IANA name such as Europe/Berlin.");
        }

        Range(errors, "Site:UnassignedDevices", options.Site.UnassignedDevices, 0, 100_000);
        Range(errors, "Queue:RetentionHours", options.Queue.RetentionHours, 0, 8_760);
        Range(errors, "Queue:RetentionBytes", options.Queue.RetentionBytes, 0, long.MaxValue);
        Range(errors, "Queue:DiskLimitBytes", options.Queue.DiskLimitBytes ?? 64 << 20, 64 << 20, long.MaxValue);
        Range(errors, "Queue:MaxTopics", options.Queue.MaxTopics, 1, 10_000_000);
        Range(errors, "Queue:ParkedTries", options.Queue.ParkedTries, 1, 1_000);
        Range(errors, "Queue:ParkedHours", options.Queue.ParkedHours, 0, 8_760);
        Range(errors, "Queue:ParkedBytes", options.Queue.ParkedBytes, 64 << 10, 1L << 40);
        Range(errors, "Storage:BuiltIn:RetentionDays", options.Storage.BuiltIn.RetentionDays, 1, 3_650);
        Range(errors, "Archive:RetentionDays", options.Archive.RetentionDays, 1, 3_650);
        Influx(errors, options.Storage.Influx);
        if (options.DataDirectory.Length == 0)
        {
            errors.Add("DataDirectory is empty; name the directory for the gateway's data.");
        }

        if (!Directory.Exists(options.RulesDirectory))
        {
            errors.Add($"RulesDirectory '{options.RulesDirectory}' does not exist.");
        }

        File(errors, "CensusFile", options.CensusFile);
        File(errors, "RosterFile", options.RosterFile);
        File(errors, "NotificationsFile", options.NotificationsFile);
        if (string.IsNullOrEmpty(options.RosterFile) != string.IsNullOrEmpty(options.NotificationsFile))
        {
            errors.Add("RosterFile and NotificationsFile belong together: set both or neither.");
        }

        return errors;
    }

    /// <summary>Whether it is an IP address and a port.</summary>
    public static bool IsAddress(string value) => value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out _);

    private static void Address(List<string> errors, string name, string value)
    {
        if (!IsAddress(value))
        {
            errors.Add($"{name} '{value}' is not {AddressExpected}.");
        }
        else if (!IPAddress.IsLoopback(IPEndPoint.Parse(value).Address))
        {
            errors.Add($"{name} '{value}' can be reached from other machines, for which this version has no TLS and no device credentials; use 127.0.0.1 or [::1].");
        }
    }

    private static void File(List<string> errors, string name, string? path)
    {
        if (path is { Length: > 0 } && !System.IO.File.Exists(path))
        {
            errors.Add($"{name} '{path}' does not exist.");
        }
    }

    private static void Range(List<string> errors, string name, double value, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
        {
            // The largest number that can be written is no limit that anybody would want to read.
            errors.Add(highest >= long.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be at least {lowest:#,0}.")
                : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {lowest:#,0} to {highest:#,0}."));
        }
    }

    private static void Influx(List<string> errors, InfluxSettings influx)
    {
        if (string.IsNullOrEmpty(influx.Url))
        {
            return;
        }

        if (!StartPlace.IsValid(influx.From))
        {
            errors.Add($"Storage:Influx:From '{influx.From}' is neither oldest nor newest nor a time such as 2026-11-22T12:00:00Z.");
        }

        if (Uri.TryCreate(influx.Url, UriKind.Absolute, out var url))
        {
            errors.AddRange(influx.ToOptions(url).Errors());
        }
        else
        {
            errors.Add($"Storage:Influx:Url '{influx.Url}' is not an address such as http://127.0.0.1:8086.");
        }
    }
}
