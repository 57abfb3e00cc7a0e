using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Api.Requests;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace IoTGateway.Board.Api;

/// <summary>The addresses of the HTTP interface, each with what stands of it in the OpenAPI document.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them all.</summary>
    public static void Map(RouteGroupBuilder board)
    {
        MapAlerts(board);
        MapPatients(board);
        MapCensus(board);
        MapReports(board);
        MapRules(board);
        MapQueues(board);
        MapStreams(board);
        board.MapGet("/healthz", WardApi.Health).ExcludeFromDescription();
        board.MapGet("/readyz", WardApi.Ready).ExcludeFromDescription();
    }

    private static void MapAlerts(RouteGroupBuilder board)
    {
        Get<AlertsReply>(board, "/api/alerts", AlertsApi.List, "Alerts", "The alerts that have not ended", "With 'recent' (1 to 1000) also the newest transitions.");
        Post<AcknowledgeRequest, AcknowledgeReply>(board, "/api/alerts/{id}/ack", AlertsApi.AcknowledgeAsync, "Alerts", "Acknowledge one episode of an alert", "409 where the episode is not the present one, or has become more urgent than the person saw.");
        Post<SilenceRequest, OrderReply>(board, "/api/alerts/{id}/silence", OrdersApi.SilenceAsync, "Alerts", "Silence one alert for a time", "At most 120 s for high priority, 4 h for technical alerts, 15 min for the others.");
        Post<EndSilenceRequest, OrderReply>(board, "/api/alerts/{id}/unsilence", OrdersApi.EndSilenceAsync, "Alerts", "End a silence before its time");
        Post<SilenceWardRequest, OrderReply>(board, "/api/wards/{ward}/silence", OrdersApi.SilenceWardAsync, "Alerts", "Silence what stands now in a ward", "Never alerts of high priority; what is raised later calls as always.");
        Get<EpisodesReply>(board, "/api/alerts/history", HistoryApi.EpisodesAsync, "Alerts", "The history of the alerts, newest first", "Filters may be left out: from, to (default: the last 12 h), ward, patient, alert, priority, kind, acknowledged; 'most' rows (1 to 500); 'before' asks for the next page.");
        Get<EpisodeEventsReply>(board, "/api/alerts/episodes/{episode}", HistoryApi.EventsAsync, "Alerts", "Everything that happened to one episode");
        Get<ExplanationReply>(board, "/api/alerts/{id}/explain", HistoryApi.ExplainAsync, "Alerts", "Why an alert is raised");
    }

    private static void MapPatients(RouteGroupBuilder board)
    {
        Get<PatientsReply>(board, "/api/patients", PatientsApi.List, "Patients", "The beds with values, alerts and devices");
        Get<PatientDetailReply>(board, "/api/patients/{id}", PatientsApi.One, "Patients", "One patient");
        Get<SeriesReply>(board, "/api/patients/{id}/series", PatientsApi.SeriesAsync, "Patients", "A signal over a time", "'signal' by its id; 'from' and 'to' (default: the last hour); 'points' at most (1 to 10000): each has lowest, highest and mean, so that peaks stay.");
        Get<LimitsReply>(board, "/api/patients/{id}/limits", PatientsApi.Limits, "Patients", "The limits that count for a patient, and what may be set");
        Post<LimitRequest, OrderReply>(board, "/api/patients/{id}/limits/{limit}", OrdersApi.SetLimitAsync, "Patients", "Set a limit at the bedside, for a time");
        Post<PersonRequest, OrderReply>(board, "/api/patients/{id}/limits/{limit}/clear", OrdersApi.ClearLimitAsync, "Patients", "Take back a limit that was set at the bedside");
        Post<PauseRequest, OrderReply>(board, "/api/patients/{id}/pause", OrdersApi.PauseAsync, "Patients", "Begin a care pause of 2, 5 or 10 min");
        Post<PersonRequest, OrderReply>(board, "/api/patients/{id}/resume", OrdersApi.ResumeAsync, "Patients", "End a care pause");
        Post<StandbyRequest, OrderReply>(board, "/api/patients/{id}/standby", OrdersApi.StandByAsync, "Patients", "The patient is away from the devices");
        Post<PersonRequest, OrderReply>(board, "/api/patients/{id}/return", OrdersApi.EndStandbyAsync, "Patients", "The patient is back");
        Post<PersonRequest, OrderReply>(board, "/api/patients/{id}/seen", OrdersApi.SeenAsync, "Patients", "What came late was seen");
        Get<TimelineReply>(board, "/api/patients/{id}/timeline", HistoryApi.TimelineAsync, "Patients", "What happened to a patient, newest first", "'from' and 'to' (default: the last 12 h); 'most' entries (1 to 2000).");
        Get<SignalsReply>(board, "/api/signals", ObservationsApi.Signals, "Patients", "What can be measured, and what the observation form asks for");
        Get<ObservationsReply>(board, "/api/patients/{id}/observations", ObservationsApi.Of, "Patients", "What people have measured and seen, newest first");
        Post<ObservationRequest, ObservationAnswerReply>(board, "/api/observations", ObservationsApi.RecordAsync, "Patients", "Record an observation");
        Post<ObservationRequest, ObservationAnswerReply>(board, "/api/observations/{id}/correct", ObservationsApi.CorrectAsync, "Patients", "Put another version in the place of an observation");
        Post<RetractRequest, ObservationAnswerReply>(board, "/api/observations/{id}/retract", ObservationsApi.RetractAsync, "Patients", "Take an observation back");
    }

    private static void MapCensus(RouteGroupBuilder board)
    {
        Get<CensusReply>(board, "/api/census", CensusApi.Get, "Census", "Who is where, the newest changes, and the census file that waits");
        Post<AdmitRequest, OrderReply>(board, "/api/census/admit", CensusApi.AdmitAsync, "Census", "A patient comes to an empty bed");
        Post<TransferRequest, OrderReply>(board, "/api/patients/{id}/transfer", CensusApi.TransferAsync, "Census", "A patient goes to another bed");
        Post<DischargeRequest, OrderReply>(board, "/api/patients/{id}/discharge", CensusApi.DischargeAsync, "Census", "A patient leaves");
        Post<ChangePatientRequest, OrderReply>(board, "/api/patients/{id}", CensusApi.ChangePatientAsync, "Census", "Change monitored signals, tags and population");
        Post<MoveDeviceRequest, OrderReply>(board, "/api/devices/{id}/move", CensusApi.MoveDeviceAsync, "Census", "A device goes to another bed, or to none");
        Post<UndoRequest, OrderReply>(board, "/api/census/changes/{id:long}/undo", CensusApi.UndoAsync, "Census", "Correct a change from its time on");
        Post<ImportRequest, OrderReply>(board, "/api/census/import", CensusApi.ImportAsync, "Census", "Put the census file that waits into force, or drop it");
    }

    private static void MapReports(RouteGroupBuilder board)
    {
        Get<HandOverReply>(board, "/api/handover", ReportsApi.HandOverAsync, "Reports", "What a shift hands over", "'ward' (default: all), 'from' and 'to' (default: the last 12 h).");
        Get<LoadReply>(board, "/api/load", ReportsApi.LoadAsync, "Reports", "How many alerts there were and how they were answered", "'ward' (default: all), 'from' and 'to' (default: the last 7 days).");
        Get<ChannelsReply>(board, "/api/channels", ReportsApi.Channels, "Reports", "Who is told, over what, and what is wrong with it");
        Get<DevicesReply>(board, "/api/devices", WardApi.Devices, "Devices", "The devices");
        Get<DeviceRejectsReply>(board, "/api/devices/rejects", WardApi.RejectsAsync, "Devices", "Messages of devices that could not be used", "'most' at once (1 to 500).");
    }

    private static void MapRules(RouteGroupBuilder board)
    {
        Get<RulesReply>(board, "/api/rules", WardApi.Rules, "Rules", "The rules in force");
        Get<RuleFilesReply>(board, "/api/rules/files", RulesApi.Files, "Rules", "The rule files on disk");
        Get<RuleHistoryReply>(board, "/api/rules/history", RulesApi.History, "Rules", "The steps of the rule sets, newest first");
        Get<RuleFilesReply>(board, "/api/rules/versions/{version}", RulesApi.Version, "Rules", "The files of a version that is kept");
        Post<RuleTextsRequest, RuleCheckReply>(board, "/api/rules/check", RulesApi.CheckAsync, "Rules", "Check rule files; changes nothing", bytesMost: RequestBody.RulesBytesMost);
        Post<RuleTextsRequest, RulePlanReply>(board, "/api/rules/plan", RulesApi.PlanAsync, "Rules", "What rule files would do to the alerts that stand; changes nothing", bytesMost: RequestBody.RulesBytesMost);
        Post<RuleTextsRequest, BacktestReply>(board, "/api/rules/backtest", RulesApi.BacktestAsync, "Rules", "What rule files would have done in the last hours; changes nothing", bytesMost: RequestBody.RulesBytesMost);
        Post<SaveRuleRequest, OrderReply>(board, "/api/rules/files/{name}", RulesApi.SaveAsync, "Rules", "Save or remove a rule file", bytesMost: RequestBody.RulesBytesMost);
        Post<PersonRequest, OrderReply>(board, "/api/rules/approve", RulesApi.ApproveAsync, "Rules", "Put the rule set that waits into force");
        Post<PersonRequest, OrderReply>(board, "/api/rules/refuse", RulesApi.RefuseAsync, "Rules", "Drop the rule set that waits");
        Post<RollBackRequest, OrderReply>(board, "/api/rules/rollback", RulesApi.RollBackAsync, "Rules", "Put an older rule set into force");
    }

    private static void MapQueues(RouteGroupBuilder board)
    {
        Get<ConsumersReply>(board, "/api/queues/consumers", QueuesApi.Consumers, "Queues", "The consumers of the durable queues");
        Get<TopicsReply>(board, "/api/queues/topics", QueuesApi.Topics, "Queues", "Topics with their consumers, the deepest first", "'contains' a part of the name, 'consumer', 'waiting' (true: only what waits), 'offset', 'most' rows (1 to 500).");
        Get<DeadLettersReply>(board, "/api/queues/dead-letters", QueuesApi.DeadLettersAsync, "Queues", "What consumers could not use, newest first", "'consumer', 'topic', 'most' at once (1 to 500).");
        Post<ReplayRequest, OrderReply>(board, "/api/queues/{consumer}/replay", QueuesApi.ReplayAsync, "Queues", "Give records to a consumer once more");
        Post<PauseConsumerRequest, OrderReply>(board, "/api/queues/{consumer}/pause", QueuesApi.PauseAsync, "Queues", "A consumer stands still, also over restarts");
        Post<PersonRequest, OrderReply>(board, "/api/queues/{consumer}/resume", QueuesApi.ResumeAsync, "Queues", "A paused consumer goes on");
    }

    private static void MapStreams(RouteGroupBuilder board)
    {
        Stream(board, "/api/stream", (context, stream) => stream.BoardAsync(context), "The board's own live view", "For the board's pages; its form may change with any version. Events: 'ward' (the whole), 'change' (what changed), once a second at least.");
        Stream(board, "/api/alerts/stream", (context, stream) => stream.AlertsAsync(context), "The alerts, live", "Events: 'alerts' with all that stand, first and after each change, and 'tick' once a second with the header alone. Data: {\"header\":{…},\"alerts\":[…]}; an alert is as in /api/alerts.");
        Stream(board, "/api/patients/stream", (context, stream) => stream.PatientsAsync(context), "The patients with their values, live", "Events: 'patients' with all, first and when beds come or go, and 'change' with those that changed, once a second at least. 'patient' asks for one only. Data: {\"header\":{…},\"patients\":[…]}; a patient is as in /api/patients.");
    }

    private static void Get<TReply>(RouteGroupBuilder board, string path, Delegate handler, string tag, string summary, string? description = null) =>
        Describe<TReply>(board.MapGet(path, handler), tag, summary, description);

    private static void Post<TRequest, TReply>(
        RouteGroupBuilder board, string path, Delegate handler, string tag, string summary, string? description = null, int bytesMost = RequestBody.SmallBytesMost)
        where TRequest : notnull =>
        Describe<TReply>(
            board.MapPost(path, handler).AddEndpointFilter(SameOrigin.Require).WithMetadata(new RequestSizeLimitAttribute(bytesMost)).Accepts<TRequest>("application/json"),
            tag,
            summary,
            description)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static void Stream(RouteGroupBuilder board, string path, Func<HttpContext, StreamEndpoint, Task> follow, string summary, string description) =>
        board.MapGet(path, (HttpContext context, StreamEndpoint stream) => follow(context, stream))
            .WithTags("Streams")
            .WithSummary(summary)
            .WithDescription(description)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder Describe<TReply>(RouteHandlerBuilder route, string tag, string summary, string? description) => route
        .WithTags(tag)
        .WithSummary(summary)
        .WithDescription(description ?? summary + ".")
        .Produces<TReply>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);
}
