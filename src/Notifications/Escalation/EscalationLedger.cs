using IoTGateway.Alerts;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <summary>
/// Who has been told of which alert. It follows from the log alone: alert events say what calls for somebody, steps and pages what was done about it, receipts
/// what became of it. What is due is decided from that state and the time (<c>Decide</c>), and what was decided is a record before it has an effect: so a
/// restart forgets no page and doubles none. A synchronous state machine with one owner.
/// </summary>
/// <remarks>
/// An alert event may stand in the log before the pages of a decision that did not know of it yet; that changes nothing, since what is called for and what was
/// done are kept apart: pages of an episode that is over bring it back until its end was told.
/// </remarks>
public sealed partial class EscalationLedger : IProjection
{
    /// <summary>So many episodes that are over are remembered while a channel is away; the oldest of more are forgotten, and their pages are not sent.</summary>
    private const int EndedAtMost = 5_000;

    /// <summary>So many pages of one episode are remembered; of more the oldest repetitions are forgotten.</summary>
    private const int PagesAtMost = 500;

    // Ordered, so that everything that goes through all of them does so in the same order in every run.
    private readonly SortedDictionary<string, AlertCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PageFact> _pages = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "escalations";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.AlertEvent, RecordKind.Page, RecordKind.PageReceipt);

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The number of the newest alert event.</summary>
    internal long EventNumber { get; private set; }

    /// <summary>How many pages there have been.</summary>
    internal long PageCount { get; private set; }

    internal IReadOnlyCollection<AlertCall> Calls => _calls.Values;

    internal IReadOnlyCollection<PageFact> Pages => _pages.Values;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new EscalationLedger();

    /// <inheritdoc/>
    public void Apply(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.AlertEvent:
                Apply(AlertEventRecord.Read(record.Body));
                break;
            case RecordKind.Page:
                var (page, step) = PageRecord.Read(record.Body);
                if (step is not null)
                {
                    Apply(step);
                }

                if (page is not null)
                {
                    Apply(page);
                }

                break;
            case RecordKind.PageReceipt:
                Apply(PageReceiptRecord.Read(record.Body));
                break;
            default:
                break;
        }
    }

    /// <summary>Takes in what happened to an alert.</summary>
    internal void Apply(AlertEvent happened)
    {
        if (happened.Number <= EventNumber)
        {
            return;
        }

        EventNumber = happened.Number;
        var status = happened.Status;
        var call = _calls.GetValueOrDefault(status.Episode);
        if (status.Shadow || status.State == AlertState.Pending || (call is null && status.State == AlertState.Ended))
        {
            return;
        }

        Version++;
        Follow(call ?? Add(status.Episode), happened);
    }

    /// <summary>Takes in a step of an escalation.</summary>
    internal void Apply(EscalationStep step)
    {
        Version++;
        FindOrRecall(step.Episode).Step = step; // Its pages follow, so it is not forgotten before the next sweep.
    }

    /// <summary>Takes in a page.</summary>
    internal void Apply(Page page)
    {
        Version++;
        PageCount = Math.Max(PageCount, page.Number);
        var fact = new PageFact(page);
        if (!_pages.TryAdd(page.Key, fact))
        {
            throw new InvalidDataException($"The page {page.Key} stands in the log twice.");
        }

        foreach (var item in page.Items)
        {
            var call = FindOrRecall(item.Episode);
            call.Pages.Add(fact);
            if (call.Pages.Count > PagesAtMost && call.Pages.Find(old => old.Page.Type == PageType.NobodyReached) is { } oldest)
            {
                call.Pages.Remove(oldest);
                _pages.Remove(oldest.Page.Key);
            }
        }

        if (page.InsteadOf.Length > 0 && _pages.TryGetValue(page.InsteadOf, out var failed))
        {
            failed.IsHandedOn = true;
        }

        Remember(page);
    }

    /// <summary>Takes in what became of a page; of one that nobody remembers nothing.</summary>
    internal void Apply(PageReceipt receipt)
    {
        if (!_pages.TryGetValue(receipt.Key, out var fact) || fact.State == PageState.Delivered || (fact.IsDone && receipt.State != PageState.Delivered))
        {
            return;
        }

        Version++;
        fact.IsOnItsWay = receipt.State == PageState.Sending;
        fact.MayHaveArrived |= receipt.State == PageState.Failed && receipt.MayHaveArrived;
        (fact.State, fact.StateAt, fact.Reason) = (receipt.State, receipt.At, receipt.Reason);
        foreach (var item in fact.Page.Items)
        {
            if (_calls.TryGetValue(item.Episode, out var call))
            {
                if (call.Calls && fact.Page.Type is PageType.Raise or PageType.Stage && IsMissed(fact, call))
                {
                    // The silence for which it was dropped was over by then.
                    (call.Raise, call.RaiseAt) = (call.Last!.Number, call.Last.Time);
                }

                ForgetIfDone(call);
            }
        }
    }

    /// <summary>
    /// Holds the calls against the alerts that stand at the end of the log, when the gateway starts: where this state is younger than an alert, its beginning
    /// is no longer in the log.
    /// </summary>
    internal void Reconcile(IEnumerable<AlertStatus> standing, long eventNumber)
    {
        var episodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var status in standing.Where(status => status is { Shadow: false } and not { State: AlertState.Pending }))
        {
            episodes.Add(status.Episode);
            var call = _calls.GetValueOrDefault(status.Episode);
            if (call is { Last: not null, HasEnded: false })
            {
                continue;
            }

            call ??= Add(status.Episode);
            call.HasEnded = false;
            Follow(call, new AlertEvent
            {
                Number = Math.Max(1, eventNumber),
                EpisodeNumber = 0,
                Change = AlertChange.Entered,
                Previous = AlertState.Unknown,
                Status = status,
                Time = status.Changed,
                Recorded = status.Changed,
                Input = default,
            });
        }

        foreach (var call in _calls.Values.Where(call => !call.HasEnded && !episodes.Contains(call.Episode)).ToList())
        {
            End(call);
        }
    }

    /// <summary>Forgets what is over and has nothing left to be done.</summary>
    internal void Sweep()
    {
        foreach (var call in _calls.Values.Where(call => call.HasEnded).ToList())
        {
            ForgetIfDone(call);
        }
    }

    private void Follow(AlertCall call, AlertEvent happened)
    {
        var (status, before) = (happened.Status, call.Last?.Status);
        call.Last = happened;
        if (status.State == AlertState.Ended)
        {
            End(call);
            return;
        }

        if (!AlertCall.MayCall(status))
        {
            call.Call = 0;
            return;
        }

        if (call.Call == 0)
        {
            // What is about to be over does not begin to call, unless it is said so in as many words.
            if (status.State != AlertState.Clearing || happened.Change is not (AlertChange.Entered or AlertChange.Updated))
            {
                (call.Call, call.CallAt) = (happened.Number, happened.Time);
                (call.Raise, call.RaiseAt) = (happened.Number, happened.Time);
            }
        }
        else if (status.Priority > before?.Priority || (before?.Silence is not null && status.Silence is null && call.Pages.Exists(fact => IsMissed(fact, call))))
        {
            (call.Raise, call.RaiseAt) = (happened.Number, happened.Time);
        }
    }

    /// <summary>Whether a page was dropped while somebody had silenced the alert, and nobody was told since: it is told again when the silence is over.</summary>
    private static bool IsMissed(PageFact dropped, AlertCall call) => dropped.State == PageState.Dropped && Tells(dropped.Page, call)
        && !call.Pages.Exists(fact => fact.Page.Type == PageType.Raise && fact.Page.Queued > dropped.Page.Queued && Tells(fact.Page, call));

    private static bool Tells(Page page, AlertCall call) => page.Items.Any(item => item.Episode == call.Episode && item.Call == call.Call);

    private void End(AlertCall call)
    {
        call.HasEnded = true;
        call.Call = 0;
        ForgetIfDone(call);
        if (_calls.Count > EndedAtMost && _calls.Values.Where(ended => ended.HasEnded).ToList() is { Count: > EndedAtMost } many)
        {
            Forget(many.MinBy(ended => ended.Last?.Number ?? 0)!);
        }
    }

    private AlertCall Add(string episode)
    {
        var call = new AlertCall(episode);
        _calls.Add(episode, call);
        return call;
    }

    /// <summary>Of an episode that is not known any more only its end is missing.</summary>
    private AlertCall FindOrRecall(string episode)
    {
        if (!_calls.TryGetValue(episode, out var call))
        {
            call = Add(episode);
            call.HasEnded = true;
        }

        return call;
    }

    private void ForgetIfDone(AlertCall call)
    {
        if (call.HasEnded && !call.HasToTellOver && call.Pages.TrueForAll(fact => fact.IsDone))
        {
            Forget(call);
        }
    }

    private void Forget(AlertCall call)
    {
        _calls.Remove(call.Episode);
        foreach (var fact in call.Pages.Where(fact => fact.Page.Items.All(item => !_calls.ContainsKey(item.Episode))))
        {
            _pages.Remove(fact.Page.Key);
        }
    }
}
