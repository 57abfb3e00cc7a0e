using System.Text.Json.Serialization;
using IoTGateway.Control;

namespace IoTGateway.Commands;

/// <summary>The JSON of the queue commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<QueueRow>))]
[JsonSerializable(typeof(QueueShowView))]
internal sealed partial class QueueJson : JsonSerializerContext;
