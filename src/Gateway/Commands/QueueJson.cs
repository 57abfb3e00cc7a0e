using System.Text.Json.Serialization;

namespace IoTGateway.Commands;

/// <summary>The JSON of the queue commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<QueueListRow>))]
internal sealed partial class QueueJson : JsonSerializerContext;
