using System.Text.Json.Serialization;

namespace IoTGateway.Alerts.Orders;

/// <summary>Writes and reads orders without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderBody))]
internal sealed partial class OrderJson : JsonSerializerContext;
