using Microsoft.AspNetCore.Http;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>What differs between the generations of the server.</summary>
internal interface IDialect
{
    string WritePath { get; }

    /// <summary>Whether the first write makes the target.</summary>
    bool MakesTargets { get; }

    DialectWords Words { get; }

    Task PingAsync(HttpResponse response);

    string Authorization(string token);

    string? TargetOf(HttpRequest request);

    /// <summary>Milliseconds of a unit of the times; null where the unit is unknown.</summary>
    double? UnitOf(HttpRequest request);

    bool StoresTheRest(IReadOnlyList<RefusedLine> refused);

    Told Result(IReadOnlyList<RefusedLine> refused, int stored);

    Task TellAsync(HttpResponse response, Told told);
}
