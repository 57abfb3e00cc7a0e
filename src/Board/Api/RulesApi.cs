using IoTGateway.Alerts;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Ports;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>The rule files: looking at them, trying others, and putting them into force.</summary>
internal static class RulesApi
{
    private const int FilesMost = 100;
    private const int HoursDefault = 24;
    private const int HoursMost = 168;
    private const string FilesExample = """{"files":[{"name":"10-adult.yaml","text":"…"}]}""";

    // A plan and a backtest take seconds of a core each: the ward's alerts must not wait because several people try rules.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary><c>GET /api/rules/files</c></summary>
    public static IResult Files(HttpContext context) => WithDesk(context, desk =>
    {
        try
        {
            var files = desk.Read();
            return TypedResults.Json(
                new RuleFilesReply(files.Version, files.MayBeSaved, [.. files.Files.Select(file => new RuleFileReply(file.Name, file.Text))]), BoardJson.Default.RuleFilesReply);
        }
        catch (IOException failure)
        {
            return TypedResults.Problem($"The rule files cannot be read: {failure.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });

    /// <summary><c>GET /api/rules/history</c></summary>
    public static IResult History(HttpContext context) => WithDesk(context, desk =>
    {
        var history = desk.History();
        var inForce = history.FirstOrDefault(step => step.IsInForce);
        return TypedResults.Json(
            new RuleHistoryReply([.. history.Select(step => new RuleStepReply(
                step.RuleSetVersion,
                ReplyMaker.Word(step.Step.ToString()),
                step.At.UnixMilliseconds == 0 ? null : step.At.ToString(),
                step.By,
                step.Why,
                ReferenceEquals(step, inForce),
                step.Files.Length > 0))]),
            BoardJson.Default.RuleHistoryReply);
    });

    /// <summary><c>GET /api/rules/versions/{version}</c></summary>
    public static IResult Version(string version, HttpContext context) => WithDesk(context, desk =>
        desk.History().FirstOrDefault(step => step.Files.Length > 0 && step.RuleSetVersion == version) is { } step
            ? TypedResults.Json(
                new RuleFilesReply(step.RuleSetVersion, false, [.. step.Files.Select(file => new RuleFileReply(Path.GetFileName(file.Name), file.Text))]), BoardJson.Default.RuleFilesReply)
            : OrderResults.Missing("There is no such version among those that are kept."));

    /// <summary><c>POST /api/rules/check</c></summary>
    public static async Task<IResult> CheckAsync(HttpContext context)
    {
        var (files, refused) = await FilesAsync(context);
        if (files is null)
        {
            return refused!;
        }

        var result = RuleSetLoader.Load(files.Value.Files);
        return TypedResults.Json(
            new RuleCheckReply(result.Rules is not null, result.Rules?.Version, [.. result.Diagnostics.Select(ReplyMaker.Diagnostic)]), BoardJson.Default.RuleCheckReply);
    }

    /// <summary><c>POST /api/rules/plan</c></summary>
    public static Task<IResult> PlanAsync(HttpContext context) => TryAsync(context, (desk, candidate, _, cancellation) => Task.Run(
        () => desk.Plan(candidate) is { } plan
            ? TypedResults.Json(ReplyMaker.Plan(plan), BoardJson.Default.RulePlanReply)
            : OrderResults.Missing("No rules are in force: these would come into force as they are."),
        cancellation));

    /// <summary><c>POST /api/rules/backtest</c></summary>
    public static Task<IResult> BacktestAsync(HttpContext context, TimeProvider clock) => TryAsync(context, async (desk, candidate, hours, cancellation) =>
    {
        try
        {
            return await desk.BacktestAsync(candidate, Instant.Now(clock) - TimeSpan.FromHours(hours), cancellation) is { } comparison
                ? TypedResults.Json(ReplyMaker.Backtest(comparison, hours), BoardJson.Default.BacktestReply)
                : OrderResults.Missing("This gateway keeps no history to play: turn on Storage:BuiltIn:Enabled.");
        }
        catch (IOException failure)
        {
            return TypedResults.Problem(failure.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    });

    /// <summary><c>POST /api/rules/files/{name}</c></summary>
    public static async Task<IResult> SaveAsync(string name, HttpContext context)
    {
        if (context.RequestServices.GetService<IRuleDesk>() is not { } desk)
        {
            return NoDesk();
        }

        var (said, refused) = await RequestBody.ReadAsync(
            context.Request, BoardJson.Default.SaveRuleRequest, """{"text":"…","expected":"the version of the files","by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        saying.Check(IsFileName(name), "A rule file's name is of letters, digits, '-', '_' and '.', and ends with .yaml.");
        var expected = saying.Needed(said.Expected, "expected", "Say which files you saw: 'expected' is the version that /api/rules/files told.");
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong ? RequestText.Bad(wrong) : OrderResults.Answer(desk.Save(name, said.Text, expected, by));
    }

    /// <summary><c>POST /api/rules/approve</c></summary>
    public static Task<IResult> ApproveAsync(HttpContext context) => DecideAsync(context, (desk, by) => desk.ApproveAsync(by));

    /// <summary><c>POST /api/rules/refuse</c></summary>
    public static Task<IResult> RefuseAsync(HttpContext context) => DecideAsync(context, (desk, by) => desk.RefuseAsync(by));

    /// <summary><c>POST /api/rules/rollback</c></summary>
    public static async Task<IResult> RollBackAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IRuleDesk>() is not { } desk)
        {
            return NoDesk();
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.RollBackRequest, """{"version":"ab12cd34","by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var version = saying.Needed(said.Version, "version", "Name the version, or the beginning of it.");
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong ? RequestText.Bad(wrong) : await OrderResults.RunAsync(context, async _ => Answer(await desk.RollBackAsync(version, by)));
    }

    private static async Task<IResult> DecideAsync(HttpContext context, Func<IRuleDesk, string, Task<RuleAnswer>> decide)
    {
        if (context.RequestServices.GetService<IRuleDesk>() is not { } desk)
        {
            return NoDesk();
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.PersonRequest, """{"by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong ? RequestText.Bad(wrong) : await OrderResults.RunAsync(context, async _ => Answer(await decide(desk, by)));
    }

    private static IResult Answer(RuleAnswer answer) => OrderResults.Answer(new PortAnswer(answer.Done, answer.Message));

    private static async Task<IResult> TryAsync(HttpContext context, Func<IRuleDesk, RuleSet, int, CancellationToken, Task<IResult>> run)
    {
        if (context.RequestServices.GetService<IRuleDesk>() is not { } desk)
        {
            return NoDesk();
        }

        var (files, refused) = await FilesAsync(context);
        if (files is null)
        {
            return refused!;
        }

        if (RuleSetLoader.Load(files.Value.Files).Rules is not { } candidate)
        {
            return TypedResults.Problem("These rule files have errors. Check them first.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        await OneAtATime.WaitAsync(context.RequestAborted);
        try
        {
            return await run(desk, candidate, files.Value.Hours, context.RequestAborted);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<((IReadOnlyCollection<RuleFile> Files, int Hours)? Files, IResult? Refused)> FilesAsync(HttpContext context)
    {
        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.RuleTextsRequest, FilesExample, context.RequestAborted);
        if (said is null)
        {
            return (null, refused);
        }

        var saying = new Saying();
        var files = said.Files ?? [];
        saying.Check(
            files.Count is > 0 and <= FilesMost && files.All(file => IsFileName(file.Name) && file.Text is not null) && files.Select(file => file.Name).Distinct(StringComparer.Ordinal).Count() == files.Count,
            $"Give 1 to {FilesMost} files: {FilesExample}. A name is of letters, digits, '-', '_' and '.', and ends with .yaml.");
        var hours = said.Hours is null ? HoursDefault : saying.Number(said.Hours, "hours", 1, HoursMost);
        return saying.Wrong is { } wrong ? (null, RequestText.Bad(wrong)) : (([.. files.Select(file => new RuleFile(file.Name!, file.Text!))], hours), null);
    }

    private static bool IsFileName(string? name) =>
        name is { Length: > 5 and <= 100 } && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal));

    private static IResult WithDesk(HttpContext context, Func<IRuleDesk, IResult> answer) => context.RequestServices.GetService<IRuleDesk>() is { } desk ? answer(desk) : NoDesk();

    private static IResult NoDesk() => OrderResults.Missing("The rule files cannot be seen at this board.");
}
