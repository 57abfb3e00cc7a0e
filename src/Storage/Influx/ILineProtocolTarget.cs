using System.Net;
using System.Net.Http.Headers;

namespace IoTGateway.Storage.Influx;

/// <summary>What differs between the generations of InfluxDB: where lines are sent, who sends them, and what the answers mean.</summary>
internal interface ILineProtocolTarget
{
    /// <summary>Where lines are sent, with the query that names the target and says that times are in milliseconds.</summary>
    Uri WriteAddress { get; }

    /// <summary>The credentials; null where there are none.</summary>
    AuthenticationHeaderValue? Authorization { get; }

    /// <summary>What an answer means.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="serverError">The server's own words in its own form; null where the answer is not of that form.</param>
    WriteAnswer Interpret(HttpStatusCode status, string? serverError);
}
