using System.Text.Json.Serialization;

namespace IoTGateway.Control;

/// <summary>The JSON between the commands and the running gateway.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueueListing))]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AlertRow>))]
internal sealed partial class ControlJson : JsonSerializerContext;
