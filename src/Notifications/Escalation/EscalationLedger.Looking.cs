using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications.Escalation;

/// <content>Whether a page is still true when its turn comes.</content>
public sealed partial class EscalationLedger
{
    /// <summary>What a channel has to know of a page when it is the page's turn.</summary>
    internal PageVerdict Look(Page page)
    {
        if (!_pages.TryGetValue(page.Key, out var fact) || fact.IsDone)
        {
            return new PageVerdict(false, false, [], "");
        }

        if (page.Type == PageType.Over && page.Items.Any(item => PagesOf(item.AlertId, page).Any(told => !told.IsDone)))
        {
            return new PageVerdict(true, false, [], "The page that told of the alert comes first.", HasToWait: true);
        }

        var reason = "";
        List<PageItem> items = [];
        foreach (var item in page.Items)
        {
            var untrue = page.Type == PageType.Over ? WhyNotToldOver(page, item) : WhyUntrue(page, item);
            if (untrue is null)
            {
                items.Add(item);
            }

            reason = untrue ?? reason;
        }

        return new PageVerdict(true, fact.IsOnItsWay || fact.MayHaveArrived, [.. items], items.Count == 0 ? reason : "");
    }

    private string? WhyUntrue(Page page, PageItem item)
    {
        if (!_calls.TryGetValue(item.Episode, out var call) || call.HasEnded || call.Last is not { Status: var status })
        {
            return "the alert is over";
        }

        return status.Acknowledgement is { } acknowledgement ? $"{acknowledgement.By} has acknowledged the alert"
            : status.Silence is { } silence ? $"{silence.By} has silenced the alert"
            : status.Suppressed ? $"the alert is held back by '{status.SuppressedBy}'"
            : call.Call == 0 ? "the patient's alerts are held back"
            : call.Call != item.Call || IsRepeatedSince(call, page) ? "the alert was told anew since"
            : null;
    }

    /// <summary>Of the repetitions that have gathered while a channel was away only the newest says something.</summary>
    private static bool IsRepeatedSince(AlertCall call, Page page) => page.Type == PageType.NobodyReached && call.Pages.Exists(fact =>
        fact.Page.Type == PageType.NobodyReached && fact.Page.Number > page.Number && fact.Page.Person == page.Person && fact.Page.Channel == page.Channel);

    private string? WhyNotToldOver(Page over, PageItem item)
    {
        var arrived = PagesOf(item.AlertId, over).Where(told => told.HasOrMayHaveArrived).ToList();
        return !arrived.Exists(told => told.Page.Items.Any(known => known.Episode == item.Episode)) ? "the alert itself had not been told"
            : arrived.Exists(told => told.Page.Number > over.Number) ? "the alert was told anew since"
            : null;
    }

    /// <summary>The pages that tell the receiver of an "over" of any episode of the alert.</summary>
    private IEnumerable<PageFact> PagesOf(string alertId, Page over) => _pages.Values.Where(fact =>
        fact.Page.Type != PageType.Over && fact.Page.Person == over.Person && fact.Page.Channel == over.Channel && fact.Page.Items.Any(item => item.AlertId == alertId));
}
