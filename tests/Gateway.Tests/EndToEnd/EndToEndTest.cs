using System.Text.Json;
using IoTGateway.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>A directory for one gateway, and what is in its store and its queue.</summary>
public abstract class EndToEndTest : IDisposable
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected string Data => _directory["data"];

    /// <summary>The simulated devices' program, beside the tests.</summary>
    protected static string FirmwareSim { get; } = Path.Combine(AppContext.BaseDirectory, "firmware-sim");

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => _directory[name];

    internal Task<GatewayProcess> StartGatewayAsync(int mqttPort = 0, params string[] more) => GatewayProcess.StartAsync("run", Data, mqttPort, Cancellation, more);

    /// <summary>The readings of <c>queue dump</c>.</summary>
    protected async Task<List<JsonElement>> DumpAsync()
    {
        var (code, output) = await GatewayProcess.RunAsync("queue", "dump", "--data", Data);
        Assert.True(code == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    /// <summary>Every number in the built-in store: how often each (device, time, signal) is there, and whether it is marked.</summary>
    protected List<StoredSample> StoredSamples()
    {
        var samples = new List<StoredSample>();
        var directory = Path.Combine(Data, "store");
        foreach (var file in Directory.EnumerateFiles(directory, "????-??-??.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT * FROM readings";
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                for (var column = 0; column < row.FieldCount; column++)
                {
                    if (row.GetName(column) is "device" or "time" or "received" or "patient" or "bed" or "ward" or "quality" || row.IsDBNull(column))
                    {
                        continue;
                    }

                    var quality = row["quality"] as string ?? "";
                    samples.Add(new StoredSample(
                        (string)row["device"], (long)row["time"], row.GetName(column), Convert.ToString(row[column], System.Globalization.CultureInfo.InvariantCulture)!,
                        quality.Split(' ').Contains(row.GetName(column) + "=no-value")));
                }
            }
        }

        return samples;
    }
}
