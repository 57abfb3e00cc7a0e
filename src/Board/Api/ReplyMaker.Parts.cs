using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Archive;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.View;
using IoTGateway.Notifications;
using IoTGateway.Rules;

namespace IoTGateway.Board.Api;

/// <summary>The parts of the answers.</summary>
internal static partial class ReplyMaker
{
    /// <summary>The name of a member of an enumeration as it stands in JSON: "givenUp".</summary>
    public static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    public static CareReply Care(PatientCare care) => new(
        Word(care.Hold.ToString()),
        care.Pause is { } pause ? new CarePauseReply(pause.By, pause.Since.ToString(), pause.Until.ToString()) : null,
        care.Standby is { } standby ? new StandbyReply(standby.By, standby.Reason, standby.Since.ToString(), standby.Until.ToString()) : null,
        [.. care.Limits.Select(Limit)]);

    public static BedsideLimitReply Limit(BedsideLimit limit) => new(limit.Limit, CarePainter.LimitWords(limit.Limit), limit.Value, limit.By, limit.Reason, limit.Since.ToString(), limit.Until.ToString());

    public static EscalationReply Escalation(EscalationStatus status) => new(
        status.Next?.Role,
        status.Next?.At?.ToString(),
        status.Next is { WaitsFor: not EscalationWait.Nothing } next ? Word(next.WaitsFor.ToString()) : null,
        status.NobodyReached,
        [.. status.Pages.Select(page => new PageReply(
            page.Stage, page.Role, page.Person, page.Channel, Word(page.State.ToString()), page.StateAt.ToString(), page.Reason.Length == 0 ? null : page.Reason))]);

    public static EpisodeReply Episode(ArchivedEpisode episode) => new(
        episode.Number,
        episode.Raised.ToString(),
        episode.Ended?.ToString(),
        AlertPainter.PriorityWord(episode.Highest),
        episode.FirstAcknowledged?.ToString(),
        episode.First.Value,
        episode.First.Limit,
        Alert(episode.Last));

    public static TimelineEntryReply Entry(TimelineEntry entry) => new(
        entry.Time.ToString(), Word(entry.Kind.ToString()), entry.Ward, entry.Bed, entry.Patient, entry.By, entry.Words, entry.Priority, entry.Episode);

    public static DiagnosticReply Diagnostic(Diagnostic diagnostic) => new(
        diagnostic.File, diagnostic.Line, diagnostic.Column, diagnostic.Length, diagnostic.IsError, diagnostic.Code, diagnostic.Message, diagnostic.Help);

    public static ExplanationReply Explanation(Explanation explanation) => new(
        explanation.Rule.Name,
        explanation.State == AlertState.Unknown ? "none" : AlertPainter.StateWord(explanation.State),
        explanation.At.ToString(),
        explanation.Since?.ToString(),
        explanation.Due?.ToString(),
        Path.GetFileName(explanation.Rule.File),
        explanation.Rule.Line,
        [.. explanation.Notes],
        [.. explanation.Conditions.Select(Part)]);

    public static RulePlanReply Plan(RulePlan plan) => new(
        plan.NeedsApproval,
        [.. plan.ApprovalReasons],
        [.. plan.Rules.Select(rule => new RuleDifferenceReply(rule.Subject, rule.IsRemoved, rule.Words))],
        [.. plan.Alerts.Where(alert => alert.Kind != AlertEffectKind.Kept).Select(alert => new AlertEffectReply(
            Word(alert.Kind.ToString()), alert.Alert, AlertPainter.PriorityWord(alert.Priority), alert.Ward, alert.Bed, alert.Why))],
        plan.Alerts.Count(alert => alert.Kind == AlertEffectKind.Kept),
        [.. plan.Limits.Select(limit => new LimitEffectReply(limit.Limit, CarePainter.LimitWords(limit.Limit), limit.Value, limit.By, limit.Ward, limit.Bed, limit.Patient, limit.Why))]);

    public static BacktestReply Backtest(BacktestComparison comparison, int hours) => new(
        hours,
        comparison.Newer.Summary.Patients,
        comparison.Newer.Summary.PatientDays,
        comparison.Older?.Summary.Raises ?? 0,
        comparison.Newer.Summary.Raises,
        [.. comparison.Alerts().Where(row => row.Older?.Raises > 0 || row.Newer?.Raises > 0).Select(row => new BacktestRowReply(
            row.Alert, row.Older?.Raises, row.Newer?.Raises, row.Older?.MedianDuration?.TotalSeconds, row.Newer?.MedianDuration?.TotalSeconds))],
        comparison.Lost.Count());

    private static ExplanationPartReply Part(ExplanationNode node) => new(node.Text, node.Value, node.Origin, [.. node.Parts.Select(Part)]);
}
