using IoTGateway.Alerts.Orders;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;

namespace IoTGateway.Board.Api;

/// <summary>What people order at an alert or a patient.</summary>
internal static class OrdersApi
{
    private const int EpisodeLengthMost = 200;
    private const string EpisodeSentence = "Name the episode that was seen: an alert may have ended and been raised again since.";
    private const string ReasonSentence = "Give a reason: 'reason' is a text of 1 to 500 characters on one line.";

    private static readonly int SilenceMost = (int)TimeSpan.FromHours(4).TotalSeconds;
    private static readonly int StandbyMost = (int)TimeSpan.FromHours(12).TotalMinutes;
    private static readonly int LimitMost = (int)TimeSpan.FromDays(7).TotalMinutes;

    /// <summary><c>POST /api/alerts/{id}/silence</c></summary>
    public static Task<IResult> SilenceAsync(string id, HttpContext context, Alerts.IWardView ward) =>
        TakeAsync(context, BoardJson.Default.SilenceRequest, """{"episode":"…","seconds":120,"reason":"…","by":"your name"}""", (said, saying) => (new SilenceAlert(
            id,
            saying.Needed(said.Episode, "episode", EpisodeSentence, EpisodeLengthMost),
            TimeSpan.FromSeconds(saying.Number(said.Seconds, "seconds", 1, SilenceMost)),
            saying.Needed(said.Reason, "reason", ReasonSentence)), said.By));

    /// <summary><c>POST /api/alerts/{id}/unsilence</c></summary>
    public static Task<IResult> EndSilenceAsync(string id, HttpContext context, Alerts.IWardView ward) =>
        TakeAsync(context, BoardJson.Default.EndSilenceRequest, """{"episode":"…","by":"your name"}""", (said, saying) => (new EndSilence(
            id, saying.Needed(said.Episode, "episode", EpisodeSentence, EpisodeLengthMost)), said.By));

    /// <summary><c>POST /api/wards/{ward}/silence</c></summary>
    public static Task<IResult> SilenceWardAsync(string ward, HttpContext context) =>
        TakeAsync(context, BoardJson.Default.SilenceWardRequest, """{"kind":"technical","seconds":900,"reason":"…","by":"your name"}""", (said, saying) =>
        {
            saying.Check(said.Kind is "technical" or "physiological", "'kind' must be \"technical\" or \"physiological\".");
            return (new SilenceWard(
                ward,
                said.Kind == "technical" ? AlertKind.Technical : AlertKind.Physiological,
                TimeSpan.FromSeconds(saying.Number(said.Seconds, "seconds", 1, SilenceMost)),
                saying.Needed(said.Reason, "reason", ReasonSentence)), said.By);
        });

    /// <summary><c>POST /api/patients/{id}/pause</c></summary>
    public static Task<IResult> PauseAsync(string id, HttpContext context) =>
        TakeAsync(context, BoardJson.Default.PauseRequest, """{"minutes":5,"by":"your name"}""", (said, saying) =>
        {
            saying.Check(said.Minutes is 2 or 5 or 10, "'minutes' must be 2, 5 or 10.");
            return (new PausePatient(id, TimeSpan.FromMinutes(said.Minutes ?? 0)), said.By);
        });

    /// <summary><c>POST /api/patients/{id}/resume</c></summary>
    public static Task<IResult> ResumeAsync(string id, HttpContext context) => OfPersonAsync(context, new ResumePatient(id));

    /// <summary><c>POST /api/patients/{id}/standby</c></summary>
    public static Task<IResult> StandByAsync(string id, HttpContext context) =>
        TakeAsync(context, BoardJson.Default.StandbyRequest, """{"minutes":120,"reason":"theatre","by":"your name"}""", (said, saying) => (new StandBy(
            id, TimeSpan.FromMinutes(saying.Number(said.Minutes, "minutes", 1, StandbyMost)), saying.Needed(said.Reason, "reason", ReasonSentence)), said.By));

    /// <summary><c>POST /api/patients/{id}/return</c></summary>
    public static Task<IResult> EndStandbyAsync(string id, HttpContext context) => OfPersonAsync(context, new EndStandby(id));

    /// <summary><c>POST /api/patients/{id}/seen</c></summary>
    public static Task<IResult> SeenAsync(string id, HttpContext context) => OfPersonAsync(context, new NoteSeen(id));

    /// <summary><c>POST /api/patients/{id}/limits/{limit}</c></summary>
    public static Task<IResult> SetLimitAsync(string id, string limit, HttpContext context) =>
        TakeAsync(context, BoardJson.Default.LimitRequest, """{"value":85,"minutes":720,"reason":"…","by":"your name"}""", (said, saying) =>
        {
            saying.Check(said.Value is { } value && double.IsFinite(value), "'value' must be a number in the unit of the rule files.");
            return (new SetLimit(
                id,
                limit,
                said.Value ?? 0,
                TimeSpan.FromMinutes(saying.Number(said.Minutes, "minutes", 5, LimitMost)),
                saying.Needed(said.Reason, "reason", ReasonSentence)), said.By);
        });

    /// <summary><c>POST /api/patients/{id}/limits/{limit}/clear</c></summary>
    public static Task<IResult> ClearLimitAsync(string id, string limit, HttpContext context) => OfPersonAsync(context, new ClearLimit(id, limit));

    private static Task<IResult> OfPersonAsync(HttpContext context, Order order) =>
        TakeAsync(context, BoardJson.Default.PersonRequest, """{"by":"your name"}""", (said, _) => (order, said.By));

    private static async Task<IResult> TakeAsync<T>(
        HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string example, Func<T, Saying, (Order Order, string? By)> make)
        where T : class
    {
        var (said, refused) = await RequestBody.ReadAsync(context.Request, type, example, context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var (order, by) = make(said, saying);
        var person = saying.Person(by);
        return saying.Wrong is { } wrong ? RequestText.Bad(wrong) : await OrderResults.GiveAsync(context, order, person);
    }
}
