using System.Text;
using Microsoft.AspNetCore.Http;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>InfluxDB 1.6: what is right of a request is stored; an unknown unit is taken for nanoseconds without a word.</summary>
internal sealed class Dialect1 : IDialect
{
    public string WritePath => "/write";

    public bool MakesTargets => false;

    public DialectWords Words { get; } = new(
        "unable to parse authentication credentials", "authorization failed", "\"reader\" user is not authorized to write to database \"iot\"", "database is required",
        "Request Entity Too Large", target => $"database not found: \"{target}\"");

    public Task PingAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers["X-Influxdb-Version"] = "1.6.7~rc0";
        return Task.CompletedTask;
    }

    public string Authorization(string token) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(token));

    public string? TargetOf(HttpRequest request) => request.Query["db"];

    public double? UnitOf(HttpRequest request) => request.Query["precision"].ToString() switch
    {
        "h" => 3_600_000,
        "m" => 60_000,
        "s" => 1_000,
        "ms" => 1,
        "u" => 0.001,
        _ => 0.000_001,
    };

    public bool StoresTheRest(IReadOnlyList<RefusedLine> refused) => true;

    public Told Result(IReadOnlyList<RefusedLine> refused, int stored)
    {
        var conflicts = refused.Count(line => !line.IsSyntax);
        return refused.Count == 0 ? new Told(204)
            : conflicts > 0 && conflicts == refused.Count ? new Told(400, $"partial write: {refused[0].Why} dropped={conflicts}")
            : stored == 0 ? new Told(400, $"unable to parse '{refused[0].Text}': {refused[0].Why}")
            : new Told(400, $"partial write: unable to parse '{refused.First(line => line.IsSyntax).Text}': {refused.First(line => line.IsSyntax).Why} dropped=0");
    }

    public async Task TellAsync(HttpResponse response, Told told)
    {
        response.StatusCode = told.Status;
        if (told.Words.Length > 0)
        {
            response.Headers["X-Influxdb-Error"] = told.Words.ReplaceLineEndings(" ");
            await response.WriteAsJsonAsync(new { error = told.Words });
        }
    }
}
