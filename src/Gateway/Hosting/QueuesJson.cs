using System.Text.Json.Serialization;

namespace IoTGateway.Hosting;

/// <summary>The JSON of <c>/api/queues</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueuesView))]
internal sealed partial class QueuesJson : JsonSerializerContext;
