using System.Text.Json;
using System.Text.Json.Serialization;

namespace IoTGateway.Storage.Influx.History;

/// <summary>How the bodies of questions are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FluxRequest))]
[JsonSerializable(typeof(SqlRequest))]
internal sealed partial class InfluxJson : JsonSerializerContext;
