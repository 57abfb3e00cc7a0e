using System.Text.Json.Serialization;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Api.Requests;
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
[JsonSerializable(typeof(PatientDetailReply))]
[JsonSerializable(typeof(SeriesReply))]
[JsonSerializable(typeof(AlertsReply))]
[JsonSerializable(typeof(AcknowledgeReply))]
[JsonSerializable(typeof(DevicesReply))]
[JsonSerializable(typeof(DeviceRejectsReply))]
[JsonSerializable(typeof(RulesReply))]
[JsonSerializable(typeof(HealthReply))]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(LimitsReply))]
[JsonSerializable(typeof(SignalsReply))]
[JsonSerializable(typeof(ObservationsReply))]
[JsonSerializable(typeof(ObservationAnswerReply))]
[JsonSerializable(typeof(TimelineReply))]
[JsonSerializable(typeof(EpisodesReply))]
[JsonSerializable(typeof(EpisodeEventsReply))]
[JsonSerializable(typeof(ExplanationReply))]
[JsonSerializable(typeof(LoadReply))]
[JsonSerializable(typeof(HandOverReply))]
[JsonSerializable(typeof(CensusReply))]
[JsonSerializable(typeof(ChannelsReply))]
[JsonSerializable(typeof(RuleFilesReply))]
[JsonSerializable(typeof(RuleHistoryReply))]
[JsonSerializable(typeof(RuleCheckReply))]
[JsonSerializable(typeof(RulePlanReply))]
[JsonSerializable(typeof(BacktestReply))]
[JsonSerializable(typeof(ConsumersReply))]
[JsonSerializable(typeof(TopicsReply))]
[JsonSerializable(typeof(DeadLettersReply))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(SilenceRequest))]
[JsonSerializable(typeof(EndSilenceRequest))]
[JsonSerializable(typeof(SilenceWardRequest))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(StandbyRequest))]
[JsonSerializable(typeof(PersonRequest))]
[JsonSerializable(typeof(LimitRequest))]
[JsonSerializable(typeof(ObservationRequest))]
[JsonSerializable(typeof(RetractRequest))]
[JsonSerializable(typeof(AdmitRequest))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(DischargeRequest))]
[JsonSerializable(typeof(ChangePatientRequest))]
[JsonSerializable(typeof(MoveDeviceRequest))]
[JsonSerializable(typeof(UndoRequest))]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(RuleTextsRequest))]
[JsonSerializable(typeof(SaveRuleRequest))]
[JsonSerializable(typeof(RollBackRequest))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(PauseConsumerRequest))]
internal sealed partial class BoardJson : JsonSerializerContext;
