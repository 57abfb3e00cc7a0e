using System.Text.Json.Serialization;

namespace IoTGateway.Readings.Observations;

/// <summary>The source-generated reader and writer of <see cref="ObservationDocument"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ObservationDocument))]
internal sealed partial class ObservationJson : JsonSerializerContext;
