using System.Text.Json.Serialization;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.View;

namespace IoTGateway.Board;

/// <summary>How the board's data is written: camelCase, without members that are null, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(BedView))]
[JsonSerializable(typeof(HeaderView))]
[JsonSerializable(typeof(PatientsReply))]
[JsonSerializable(typeof(SeriesReply))]
[JsonSerializable(typeof(AlertsReply))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(AcknowledgeReply))]
[JsonSerializable(typeof(DevicesReply))]
[JsonSerializable(typeof(RulesReply))]
[JsonSerializable(typeof(HealthReply))]
internal sealed partial class BoardJson : JsonSerializerContext;
