using System.Text.Json.Serialization;

namespace IoTGateway.Alerts.Care;

/// <summary>Writes and reads changes of care without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CareBody))]
internal sealed partial class CareJson : JsonSerializerContext;
