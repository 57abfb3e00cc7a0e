using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Census;
using IoTGateway.Board.Api.Replies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>Who is where, and changing it.</summary>
internal static class CensusApi
{
    private const int NameLengthMost = 200;
    private const int ListMost = 50;
    private const string None = "Who is where cannot be changed at this board.";
    private const string ReasonSentence = "Give a reason: 'reason' is a text of 1 to 500 characters on one line.";

    /// <summary><c>GET /api/census</c></summary>
    public static IResult Get(IWardView ward, HttpContext context)
    {
        var commands = context.RequestServices.GetService<ICensusCommands>();
        var beds = ward.Snapshot().Tiles.Where(tile => tile.Bed.Length > 0).Select(tile =>
            new CensusBedReply(tile.Ward, tile.Bed, tile.Patient, [.. tile.Devices.Select(device => device.Device)], tile.Monitored, tile.Tags, tile.Population));
        var steps = (commands?.Recent ?? []).Select(step => new CensusStepReply(
            step.Id, step.At.ToString(), step.From.ToString(), step.By, step.Words, step.Reason.Length == 0 ? null : step.Reason, step.MayBeUndone));
        var waiting = commands?.Waiting is { } import ? new CensusImportReply(import.Since.ToString(), import.Differences) : null;
        return TypedResults.Json(new CensusReply([.. beds], [.. steps], waiting), BoardJson.Default.CensusReply);
    }

    /// <summary><c>POST /api/census/admit</c></summary>
    public static Task<IResult> AdmitAsync(HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.AdmitRequest, """{"ward":"ICU","bed":"ICU-1","patient":"p1","population":"adults","by":"your name"}""", (said, saying) => (new AdmitPatient(
            Name(said.Ward, "ward", saying),
            Name(said.Bed, "bed", saying),
            Name(said.Patient, "patient", saying),
            List(said.Tags, "tags", saying),
            Population(said.Population, saying)), said.By));

    /// <summary><c>POST /api/patients/{id}/transfer</c></summary>
    public static Task<IResult> TransferAsync(string id, HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.TransferRequest, """{"ward":"ICU","bed":"ICU-2","by":"your name"}""", (said, saying) => (new TransferPatient(
            id, Name(said.Ward, "ward", saying), Name(said.Bed, "bed", saying)), said.By));

    /// <summary><c>POST /api/patients/{id}/discharge</c></summary>
    public static Task<IResult> DischargeAsync(string id, HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.DischargeRequest, """{"reason":"…","by":"your name"}""", (said, saying) => (new DischargePatient(
            id, saying.Text(said.Reason, "reason")), said.By));

    /// <summary><c>POST /api/patients/{id}</c></summary>
    public static Task<IResult> ChangePatientAsync(string id, HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.ChangePatientRequest, """{"monitored":["hr","spo2"],"tags":[],"population":"adults","by":"your name"}""", (said, saying) => (new ChangePatient(
            id,
            said.Monitored is null ? null : List(said.Monitored, "monitored", saying),
            said.Tags is null ? null : List(said.Tags, "tags", saying),
            said.Population is null ? null : Population(said.Population, saying)), said.By));

    /// <summary><c>POST /api/devices/{id}/move</c></summary>
    public static Task<IResult> MoveDeviceAsync(string id, HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.MoveDeviceRequest, """{"ward":"ICU","bed":"ICU-2","by":"your name"}""", (said, saying) =>
        {
            var (ward, bed) = (saying.Text(said.Ward, "ward", NameLengthMost), saying.Text(said.Bed, "bed", NameLengthMost));
            saying.Check(ward.Length == 0 == (bed.Length == 0), "Name ward and bed, or neither for a device that stands at no bed.");
            return (new MoveDevice(id, ward, bed), said.By);
        });

    /// <summary><c>POST /api/census/changes/{id}/undo</c></summary>
    public static Task<IResult> UndoAsync(long id, HttpContext context) =>
        ChangeAsync(context, BoardJson.Default.UndoRequest, """{"reason":"wrong bed","by":"your name"}""", (said, saying) => (new UndoChange(
            id, saying.Needed(said.Reason, "reason", ReasonSentence)), said.By));

    /// <summary><c>POST /api/census/import</c></summary>
    public static async Task<IResult> ImportAsync(HttpContext context)
    {
        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.ImportRequest, """{"apply":true,"by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        saying.Check(said.Apply is not null, "Say whether the census file counts: 'apply' is true or false.");
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong ? RequestText.Bad(wrong)
            : context.RequestServices.GetService<ICensusCommands>() is not { } commands ? OrderResults.Missing(None)
            : await OrderResults.RunAsync(context, async cancellation => OrderResults.Answer(await commands.DecideImportAsync(said.Apply!.Value, by, cancellation)));
    }

    private static async Task<IResult> ChangeAsync<T>(HttpContext context, JsonTypeInfo<T> type, string example, Func<T, Saying, (CensusOrder Order, string? By)> make)
        where T : class
    {
        if (context.RequestServices.GetService<ICensusCommands>() is not { } commands)
        {
            return OrderResults.Missing(None);
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, type, example, context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var (order, name) = make(said, saying);
        var by = saying.Person(name);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async cancellation => OrderResults.Answer(await commands.ChangeAsync(order, by, cancellation)));
    }

    private static string Name(string? text, string name, Saying saying) =>
        saying.Needed(text, name, $"Name the {name}: '{name}' is a text of 1 to {NameLengthMost} characters on one line.", NameLengthMost);

    private static ImmutableArray<string> List(IReadOnlyList<string>? said, string name, Saying saying)
    {
        ImmutableArray<string> list = [.. (said ?? []).Select(each => each.Trim()).Distinct(StringComparer.Ordinal)];
        saying.Check(list.Length <= ListMost && list.All(each => each.Length is > 0 and <= NameLengthMost && RequestText.IsLine(each)), $"'{name}' is a list of at most {ListMost} names.");
        return list;
    }

    private static string Population(string? said, Saying saying)
    {
        saying.Check(said is null or "" or "adults" or "children" or "pregnant", "'population' must be \"adults\", \"children\" or \"pregnant\", or be left out.");
        return said ?? "";
    }
}
