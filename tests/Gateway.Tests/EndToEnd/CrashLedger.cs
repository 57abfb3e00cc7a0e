using System.Globalization;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>Holds what was acknowledged to publishers against what <c>queue dump</c> finds in the log.</summary>
public sealed class CrashLedger
{
    private readonly Dictionary<string, List<int>> _found = new(StringComparer.Ordinal);
    private readonly List<LedgerEntry> _acknowledged = [];

    private CrashLedger()
    {
    }

    /// <summary>How many readings were acknowledged.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>How many readings are in the log.</summary>
    public int Found => _found.Values.Sum(sequences => sequences.Count);

    /// <summary>How many of them are repeats of earlier ones.</summary>
    public int Duplicates => _found.Values.Sum(sequences => sequences.Count - sequences.Distinct().Count());

    /// <summary>Those that were acknowledged and are not in the log.</summary>
    public IReadOnlyList<LedgerEntry> Lost { get; private set; } = [];

    /// <summary>The topics whose readings, each counted where it stands first, are not in the order in which they were sent.</summary>
    public IEnumerable<string> OutOfOrder => _found.Where(topic => !IsAscending(topic.Value.Distinct())).Select(topic => topic.Key);

    /// <summary>Reads both. The ledger's lines are "client,sequence,state" with state A for acknowledged; client d7 publishes to devices/d7/vitals.</summary>
    public static async Task<CrashLedger> ReadAsync(string ledgerFile, string data)
    {
        var ledger = new CrashLedger();
        await foreach (var line in File.ReadLinesAsync(ledgerFile, TestContext.Current.CancellationToken))
        {
            if (line.Split(',') is [var client, var sequence, "A"])
            {
                ledger._acknowledged.Add(new LedgerEntry($"devices/{client}/vitals", int.Parse(sequence, CultureInfo.InvariantCulture)));
            }
        }

        await foreach (var line in GatewayProcess.LinesAsync("queue", "dump", "--data", data))
        {
            ledger.AddFound(line);
        }

        var found = ledger._found.ToDictionary(topic => topic.Key, topic => topic.Value.ToHashSet(), StringComparer.Ordinal);
        ledger.Lost = [.. ledger._acknowledged.Where(entry => !found.TryGetValue(entry.Topic, out var sequences) || !sequences.Contains(entry.Sequence))];
        return ledger;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Acknowledged} acknowledged, {Found} found, {Duplicates} duplicates, {Lost.Count} lost");

    private void AddFound(string line)
    {
        using var reading = JsonDocument.Parse(line);
        var topic = reading.RootElement.GetProperty("topic").GetString()!;
        using var payload = JsonDocument.Parse(reading.RootElement.GetProperty("payload").GetString()!);
        if (!_found.TryGetValue(topic, out var sequences))
        {
            _found.Add(topic, sequences = []);
        }

        sequences.Add(payload.RootElement.GetProperty("seq").GetInt32());
    }

    private static bool IsAscending(IEnumerable<int> sequences)
    {
        var before = 0;
        foreach (var sequence in sequences)
        {
            if (sequence <= before)
            {
                return false;
            }

            before = sequence;
        }

        return true;
    }
}
