using System.Text.Json.Serialization;

namespace IoTGateway.Alerts.Ledger;

/// <summary>Writes and reads alert events without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(AlertEventBody))]
internal sealed partial class AlertEventJson : JsonSerializerContext;
