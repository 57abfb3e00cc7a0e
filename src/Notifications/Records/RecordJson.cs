using System.Text.Json.Serialization;

namespace IoTGateway.Notifications.Records;

/// <summary>Writes and reads the records of this project without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PageBody))]
[JsonSerializable(typeof(StepBody))]
[JsonSerializable(typeof(ReceiptBody))]
internal sealed partial class RecordJson : JsonSerializerContext;
