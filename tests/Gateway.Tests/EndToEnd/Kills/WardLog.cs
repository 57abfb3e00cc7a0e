using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>What stands in the log, by kind, in the log's order.</summary>
internal sealed class WardLog
{
    private static readonly HashSet<string> Wanted =
        new(["Reading", "Acknowledgement", "Order", "Observation", "AlertEvent", "Page", "PageReceipt", "DeadLetter"], StringComparer.Ordinal);

    private readonly ILookup<string, LoggedRecord> _byKind;

    private WardLog(IEnumerable<(string Kind, LoggedRecord Record)> records) => _byKind = records.ToLookup(row => row.Kind, row => row.Record);

    public IEnumerable<LoggedRecord> Readings => _byKind["Reading"];

    public IEnumerable<LoggedRecord> Acknowledgements => _byKind["Acknowledgement"];

    public IEnumerable<LoggedRecord> Orders => _byKind["Order"];

    public IEnumerable<LoggedRecord> Observations => _byKind["Observation"];

    public IEnumerable<LoggedRecord> Events => _byKind["AlertEvent"];

    public IEnumerable<LoggedRecord> Pages => _byKind["Page"].Where(record => record.Text("form") == "page");

    public IEnumerable<LoggedRecord> Steps => _byKind["Page"].Where(record => record.Text("form") == "step");

    public IEnumerable<LoggedRecord> Receipts => _byKind["PageReceipt"];

    public IEnumerable<LoggedRecord> DeadLetters => _byKind["DeadLetter"];

    /// <summary>The events of the ward's patients, not those of the gateway itself, by alert.</summary>
    public ILookup<string, LoggedRecord> EventsOfAlerts => Events.Where(record => record.Text("ward") == "ICU").ToLookup(record => record.Text("id"));

    /// <summary>The keys of the pages of which nobody knows yet what became of them.</summary>
    public IReadOnlyList<string> OpenPages
    {
        get
        {
            var done = Receipts.Where(IsFinal).Select(receipt => receipt.Text("key")).ToHashSet(StringComparer.Ordinal);
            return [.. Pages.Select(page => page.Text("key")).Where(key => !done.Contains(key))];
        }
    }

    public static bool IsFinal(LoggedRecord receipt) => receipt.Text("state") is "sent" or "delivered" or "dropped" or "given up";

    public static async Task<WardLog> ReadAsync(string data)
    {
        var records = new List<(string, LoggedRecord)>();
        var line = 0;
        await foreach (var text in GatewayProcess.LinesAsync("queue", "dump", "--data", data, "--all"))
        {
            var row = JsonDocument.Parse(text).RootElement;
            var kind = row.GetProperty("kind").GetString()!;
            if (Wanted.Contains(kind))
            {
                records.Add((kind, new LoggedRecord(line, row, BodyOf(row, kind))));
            }

            line++;
        }

        return new WardLog(records);
    }

    private static JsonElement BodyOf(JsonElement row, string kind) => kind == "DeadLetter"
        ? default
        : JsonDocument.Parse(row.GetProperty(kind is "Reading" or "Acknowledgement" ? "payload" : "body").GetString()!).RootElement;
}
