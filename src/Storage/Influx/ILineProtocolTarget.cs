using System.Net;
using System.Net.Http.Headers;

namespace IoTGateway.Storage.Influx;

/// <summary>What differs between the generations of InfluxDB: where lines are sent, who sends them, and what the answers mean.</summary>
internal interface ILineProtocolTarget
{
    /// <summary>The generation: 1, 2 or 3.</summary>
    int Version { get; }

    /// <summary>Where lines are sent, with the query that names the target and says that times are in milliseconds.</summary>
    Uri WriteAddress { get; }

    /// <summary>The credentials; null where there are none.</summary>
    AuthenticationHeaderValue? Authorization { get; }

    /// <summary>The one that the options name.</summary>
    static ILineProtocolTarget Of(InfluxOptions options) => options.Version switch
    {
        1 => new InfluxVersion1(options),
        2 => new InfluxVersion2(options),
        _ => new InfluxVersion3(options),
    };

    /// <summary>What an answer means.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">What the server says.</param>
    WriteAnswer Interpret(HttpStatusCode status, in ServerError error);
}
