using System.Text.Json.Serialization;

namespace IoTGateway.Readings.Census;

/// <summary>The source-generated reader and writer of <see cref="CensusDocument"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CensusDocument))]
[JsonSerializable(typeof(CensusFormat))]
internal sealed partial class CensusJson : JsonSerializerContext;
