using Microsoft.AspNetCore.Http;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>InfluxDB 3 Core: the lines that are refused are named, all others are stored; 401 and 403 say nothing; a database is made by the first write.</summary>
internal sealed class Dialect3 : IDialect
{
    private const int QuotedAtMost = 100;

    public string WritePath => "/api/v3/write_lp";

    public bool MakesTargets => true;

    public DialectWords Words { get; } = new("", "", "", "missing query parameter: db", "request body too large", _ => "");

    public Task PingAsync(HttpResponse response) => response.WriteAsJsonAsync(new { version = "3.2.1", revision = "d7834110" });

    public string Authorization(string token) => "Bearer " + token;

    public string? TargetOf(HttpRequest request) => request.Query["db"];

    public double? UnitOf(HttpRequest request) => request.Query["precision"].ToString() switch
    {
        "second" or "s" => 1_000,
        "millisecond" or "ms" => 1,
        "microsecond" or "us" or "u" => 0.001,
        "nanosecond" or "ns" or "n" => 0.000_001,
        _ => null, // It would guess, which nobody should rely on.
    };

    public bool StoresTheRest(IReadOnlyList<RefusedLine> refused) => true;

    public Told Result(IReadOnlyList<RefusedLine> refused, int stored) => refused.Count == 0 ? new Told(204)
        : new Told(refused.All(line => line.Why.Contains("limit", StringComparison.Ordinal)) ? 422 : 400, "partial write of line protocol occurred") { Lines = refused };

    public async Task TellAsync(HttpResponse response, Told told)
    {
        response.StatusCode = told.Status;
        if (told.Words.Length > 0)
        {
            await response.WriteAsJsonAsync(new
            {
                error = told.Words,
                data = told.Lines.Select(line => new { original_line = line.Text.Length > QuotedAtMost ? line.Text[..QuotedAtMost] : line.Text, line_number = line.Number, error_message = line.Why }),
            });
        }
    }
}
