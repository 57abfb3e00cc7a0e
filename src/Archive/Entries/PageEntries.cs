using IoTGateway.Alerts;
using IoTGateway.Archive.Files;
using IoTGateway.Notifications;
using IoTGateway.Notifications.Records;

namespace IoTGateway.Archive.Entries;

/// <summary>Who was paged, who could not be, and that nobody was there. That a page was sent and delivered stands in the table of pages.</summary>
internal static class PageEntries
{
    /// <summary>A page that was put into the queue of its channel.</summary>
    public static IReadOnlyList<ArchiveEntry> Make(Page page)
    {
        var urgent = page.Items.MaxBy(item => item.Priority)!;
        var who = page.Role.Length == 0 ? page.Name : $"{page.Name} ({page.Role})";
        var what = page.Type switch
        {
            PageType.Raise => "paged",
            PageType.Stage => $"paged as stage {page.Stage}",
            PageType.NobodyReached => "paged again, since nobody was reached,",
            PageType.Over => "told the end",
            _ => throw new InvalidDataException($"A page is sent for {page.Type}, which this version of the gateway does not know."),
        };
        var instead = page.InsteadOf.Length == 0 ? "" : ", in place of one that could not be reached";
        return
        [
            new ArchiveEntry(new TimelineEntry(
                page.Queued, TimelineKind.Page, page.Ward, page.Bed, page.Patient, "", $"{who} {what} by {page.Channel}{instead}: {AlertsOf(page)}", AlertWords.Of(page.Priority), urgent.Episode)),
        ];
    }

    /// <summary>A step of an escalation: its pages tell of it, but for those in which nobody was there.</summary>
    /// <param name="step">The step.</param>
    /// <param name="alert">The alert, as far as it is known.</param>
    public static IReadOnlyList<ArchiveEntry> Make(EscalationStep step, AlertStatus? alert)
    {
        if (step.OverTold || (step.Repeats == 0 && !step.TellsNobody))
        {
            return [];
        }

        var words = alert is null ? step.Why : $"{alert.Alert}: {step.Why}";
        var priority = alert is null ? "" : AlertWords.Of(alert.Priority);
        return [new ArchiveEntry(new TimelineEntry(step.At, TimelineKind.Page, step.Ward, alert?.Bed ?? "", step.Patient, "", words, priority, step.Episode))];
    }

    /// <summary>What became of a page: only its first failure, and that it was not sent.</summary>
    public static IReadOnlyList<ArchiveEntry> Make(PageReceipt receipt, ArchivedPage page)
    {
        var what = receipt.State switch
        {
            PageState.Failed when page.Failures == 0 => "could not be reached",
            PageState.Dropped => "was not paged",
            PageState.GivenUp => "could not be reached, and it was given up,",
            _ => null,
        };
        return what is null
            ? []
            :
            [
                new ArchiveEntry(new TimelineEntry(
                    receipt.At, TimelineKind.Page, page.Ward, page.Bed, page.Patient, "", Sentence.Of($"{page.Name} {what} by {page.Channel} ({page.Alerts})", "", receipt.Reason),
                    AlertWords.Of(page.Priority), page.Episode)),
            ];
    }

    /// <summary>The names of the alerts of a page.</summary>
    public static string AlertsOf(Page page) => string.Join(", ", page.Items.Select(item => item.Alert));
}
