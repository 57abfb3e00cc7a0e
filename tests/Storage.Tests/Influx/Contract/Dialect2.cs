using Microsoft.AspNetCore.Http;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>InfluxDB 2: a wrong line refuses the whole request (400); a point that cannot be stored is left out (422).</summary>
internal sealed class Dialect2 : IDialect
{
    public string WritePath => "/api/v2/write";

    public bool MakesTargets => false;

    public DialectWords Words { get; } = new(
        "unauthorized access", "unauthorized access", "insufficient permissions for write", "bucket name or id is required", "unable to read data: points batch is too large",
        target => $"bucket \"{target}\" not found");

    public Task PingAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers["X-Influxdb-Version"] = "v2.7.1";
        return Task.CompletedTask;
    }

    public string Authorization(string token) => "Token " + token;

    public string? TargetOf(HttpRequest request) => request.Query["org"].ToString().Length > 0 ? request.Query["bucket"].ToString() : null;

    public double? UnitOf(HttpRequest request) => request.Query["precision"].ToString() switch { "s" => 1_000, "ms" => 1, "us" => 0.001, "ns" or "" => 0.000_001, _ => null };

    public bool StoresTheRest(IReadOnlyList<RefusedLine> refused) => !refused.Any(line => line.IsSyntax);

    public Told Result(IReadOnlyList<RefusedLine> refused, int stored) =>
        refused.FirstOrDefault(line => line.IsSyntax) is { } wrong ? new Told(400, $"unable to parse '{wrong.Text}': {wrong.Why}")
        : refused.Count > 0 ? new Told(422, $"failure writing points to database: partial write: {refused[0].Why} dropped={refused.Count}")
        : new Told(204);

    public async Task TellAsync(HttpResponse response, Told told)
    {
        response.StatusCode = told.Status;
        if (told.Words.Length > 0)
        {
            var code = told.Status switch { 400 => "invalid", 401 => "unauthorized", 403 => "forbidden", 404 => "not found", 413 => "request too large", _ => "unprocessable entity" };
            response.Headers["X-Platform-Error-Code"] = code;
            await response.WriteAsJsonAsync(new { code, message = told.Words });
        }
    }
}
