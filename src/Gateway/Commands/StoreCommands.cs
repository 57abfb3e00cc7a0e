using System.CommandLine;
using IoTGateway.Configuration;
using IoTGateway.Storage.Influx;

namespace IoTGateway.Commands;

/// <summary><c>store …</c>: what was stored, of a running or stopped gateway.</summary>
internal static class StoreCommands
{
    /// <summary>What <c>--source</c>, <c>--from</c> and <c>--to</c> call the store that needs no server.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>What they call InfluxDB.</summary>
    public const string Influx = "influx";

    public static Command Create() => new("store", "Query, export and copy the readings that were stored.")
    {
        StoreQueryCommand.Create(TimeProvider.System),
        StoreExportCommand.Create(),
        StoreCopyCommand.Create(TimeProvider.System),
    };

    /// <summary>The directory of the built-in store.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static string DirectoryOf(string dataDirectory)
    {
        var directory = DataLayout.Store(dataDirectory);
        return Directory.Exists(directory)
            ? directory
            : throw new UserErrorException($"There is no built-in store in {Path.GetFullPath(directory)}; name the gateway's data directory with --data, and see that Storage:BuiltIn:Enabled is not off.");
    }

    /// <summary>Which InfluxDB the settings name.</summary>
    /// <exception cref="UserErrorException">They name none.</exception>
    public static InfluxOptions InfluxOf(GatewayOptions options) =>
        options.Storage.Influx.Url is { Length: > 0 } url
            ? options.Storage.Influx.ToOptions(new Uri(url))
            : throw new UserErrorException("Storage:Influx:Url names no InfluxDB; set it in appsettings.json, in the file of --config, or as IoTGateway__Storage__Influx__Url.");

    /// <summary>The settings, with the data directory of the command line.</summary>
    public static GatewayOptions Settings(string? config, string dataDirectory) =>
        ConfigurationLoader.Load(config, new Dictionary<string, string?> { ["DataDirectory"] = dataDirectory });
}
