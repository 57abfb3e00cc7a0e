using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <summary>
/// Decides at one moment who is told: beginnings by the routes, stages when their time has come, those who stand in for somebody who could not be reached,
/// repetitions after the last stage, and the end. Pure: the same ledger, plan and time give the same.
/// </summary>
/// <param name="ledger">What was done so far; steps are taken in as they are decided.</param>
/// <param name="plan">Who is who.</param>
/// <param name="rules">The stages of an alert's rule; empty where it has none.</param>
/// <param name="now">The moment at which people are told.</param>
/// <param name="due">What was due by then is done: a little earlier than now, so that what somebody acknowledges at that very moment is in time.</param>
/// <param name="listeningSince">Since when this run can know what becomes of a page.</param>
internal sealed class Decider(
    EscalationLedger ledger, NotificationPlan plan, Func<AlertStatus, ImmutableArray<EscalationStage>> rules, Instant now, Instant due, Instant listeningSince)
{
    /// <summary>After the last stage all of them are told again, this often.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(2);

    /// <summary>Of what could be told only later than this, because the gateway was away, the times count from the telling.</summary>
    private static readonly TimeSpan PromptAtMost = TimeSpan.FromSeconds(5);

    private readonly EscalationDecision _decision = new();
    private readonly List<PageDraft> _drafts = [];

    /// <summary>Calls whose routes name roles that nobody has now: the first stage follows at once.</summary>
    private readonly HashSet<AlertCall> _toldNobody = [];

    public EscalationDecision Decide()
    {
        Begin();
        HandOn();
        foreach (var call in ledger.Calls.Where(call => call.Calls && call.Step?.Call == call.Call).OrderByDescending(call => call.Last!.Status.Priority).ToList())
        {
            ReachStages(call);
            Repeat(call);
        }

        foreach (var call in ledger.Calls.Where(call => call.HasToTellOver).ToList())
        {
            TellOver(call);
        }

        WritePages();
        return _decision;
    }

    private void Begin()
    {
        foreach (var patient in ledger.Calls.Where(call => call.HasToBegin).GroupBy(call => call.Last!.Status.Patient).OrderBy(group => group.Min(call => call.Raise)).ToList())
        {
            var urgent = patient.Any(call => call.Last!.Status.Priority == AlertPriority.High);
            if (!urgent && now < patient.Select(call => call.RaiseAt).Min() + plan.GroupWithin)
            {
                continue; // Something more may come of this patient; it becomes one message.
            }

            // What the flood guard holds back comes together: with the patient's next urgent call, or when the oldest has waited for a minute.
            var mayWait = !urgent && now < patient.Min(call => call.RaiseAt) + EscalationLedger.FloodSpan;
            foreach (var call in patient.OrderByDescending(call => call.Last!.Status.Priority).ThenBy(call => call.Raise))
            {
                Begin(call, mayWait);
            }
        }
    }

    private void Begin(AlertCall call, bool mayWait)
    {
        var status = call.Last!.Status;
        var routes = RoutesAt(status, 0);
        var drafts = Recipients(call, PageType.Raise, 0, "", routes);
        if (mayWait && drafts.Exists(draft => ledger.IsFlooded(draft.Way.Channel, status.Patient, plan.FloodPagesPerMinute, now)))
        {
            return;
        }

        var before = call.Step?.Call == call.Call ? call.Step : null;
        var stages = before?.Stages is { IsEmpty: false } known ? known : StagesOf(status, plan, rules);
        var since = before is { Stages.IsEmpty: false } ? before.Since : Prompt(before is null ? call.CallAt : call.RaiseAt);
        var told = drafts.Count == 0 ? "no route tells anybody" : string.Join(", ", routes.Select(route => route.Name));
        Record(new EscalationStep
        {
            Episode = call.Episode,
            Ward = status.Ward,
            Patient = status.Patient,
            Call = call.Call,
            Raise = call.Raise,
            Since = since,
            Stages = stages,
            Reached = before?.Reached ?? 0,
            ReachedAt = before?.ReachedAt ?? new Instant(0),
            Repeats = before?.Repeats ?? 0,
            TellWhenOver = routes.Any(route => route.TellWhenOver) || call.Step is { TellWhenOver: true },
            TellsNobody = drafts.Count == 0,
            At = now,
            Why = $"{(before is null ? "raised" : "more urgent")}: {told}",
        });
        _drafts.AddRange(drafts);
        if (drafts.Count == 0 && routes.Count > 0)
        {
            _toldNobody.Add(call);
        }
    }

    private Instant Prompt(Instant began) => now - began > PromptAtMost + plan.GroupWithin + (plan.FloodPagesPerMinute > 0 ? EscalationLedger.FloodSpan : TimeSpan.Zero) ? now : began;

    /// <summary>The stages with which the escalation of an alert begins: those of its rule, else for high priority those of the plan.</summary>
    public static ImmutableArray<EscalationStage> StagesOf(AlertStatus status, NotificationPlan plan, Func<AlertStatus, ImmutableArray<EscalationStage>> rules) =>
        rules(status) is { IsDefaultOrEmpty: false } own ? own : status.Priority == AlertPriority.High ? plan.DefaultEscalation : [];

    /// <summary>A page whose first try failed, or that was not taken in time, goes to the next way to reach the person, or to the backup.</summary>
    private void HandOn()
    {
        foreach (var fact in ledger.Pages.Where(fact => !fact.IsHandedOn && HasFailed(fact)).OrderBy(fact => fact.Page.Number).ToList())
        {
            if (NextWay(fact.Page) is not var (person, way))
            {
                continue;
            }

            foreach (var item in fact.Page.Items)
            {
                if (StillCalls(item) is { } call && !IsTold(call, fact.Page, person, way))
                {
                    _drafts.Add(new PageDraft(
                        fact.Page.Type, fact.Page.Stage, fact.Page.Role, person.Id, person.Name, way, fact.Page.TellWhenOver, fact.Page.Key, call.Call, call.Last!.Status));
                }
            }
        }
    }

    private AlertCall? StillCalls(PageItem item) => ledger.Find(item.Episode) is { Calls: true } call && call.Call == item.Call ? call : null;

    private static bool IsTold(AlertCall call, Page failed, Person person, PersonChannel way) => call.Pages.Any(fact =>
        fact.Page.Person == person.Id && fact.Page.Channel == way.Channel && fact.Page.Type == failed.Type && fact.Page.Stage == failed.Stage && fact.Page.Queued >= failed.Queued);

    private bool HasFailed(PageFact fact)
    {
        if (fact.Page.Type == PageType.Over || fact.State is PageState.Sent or PageState.Delivered or PageState.Dropped)
        {
            return false;
        }

        return fact.State is PageState.Failed or PageState.GivenUp
            || !plan.Channels.TryGetValue(fact.Page.Channel, out var channel)
            || now >= Instant.Later(fact.Page.Queued, listeningSince) + channel.TakenWithin;
    }

    private (Person Person, PersonChannel Way)? NextWay(Page failed)
    {
        if (!plan.People.TryGetValue(failed.Person, out var person))
        {
            return null;
        }

        var tried = person.Channels.Select(way => way.Channel).ToList().IndexOf(failed.Channel);
        if (tried + 1 < person.Channels.Length)
        {
            return (person, person.Channels[tried + 1]);
        }

        return person.Backup is { } name && plan.People.TryGetValue(name, out var backup) ? (backup, backup.Channels[0]) : null;
    }

    private void ReachStages(AlertCall call)
    {
        var nobody = _toldNobody.Contains(call);
        while (call.Step is { } step && step.Reached < step.Stages.Length)
        {
            var stage = step.Stages[step.Reached];
            var failed = CouldNotBeReached(call, step.Reached);
            if (due < step.Since + stage.After && !failed && !nobody)
            {
                return;
            }

            var number = step.Reached + 1;
            var drafts = Recipients(call, PageType.Stage, number, stage.Notify, RoutesAt(call.Last!.Status, number));
            nobody = drafts.Count == 0;
            Record(step with
            {
                Reached = number,
                ReachedAt = now,
                TellsNobody = nobody,
                At = now,
                Why = string.Create(
                    CultureInfo.InvariantCulture,
                    $"stage {number}: {stage.Notify}{(failed ? ", at once, since somebody could not be reached" : "")}{(nobody ? "; nobody has that role now" : "")}"),
            });
            _drafts.AddRange(drafts);
        }
    }

    /// <summary>Whether a page of the stage failed and nobody stands in: then the next stage follows at once.</summary>
    private bool CouldNotBeReached(AlertCall call, int stage) => call.Pages.Any(fact =>
        fact.Page.Stage == stage && !fact.IsHandedOn && HasFailed(fact) && NextWay(fact.Page) is null
        && fact.Page.Items.Any(item => item.Episode == call.Episode && item.Call == call.Call));

    private void Repeat(AlertCall call)
    {
        if (call.Step is not { Stages.IsEmpty: false } step || step.Reached < step.Stages.Length || due < step.ReachedAt + RepeatAfter)
        {
            return;
        }

        var routes = RoutesAt(call.Last!.Status, Route.NobodyReached);
        var told = step.Stages.Select(stage => Recipients(call, PageType.NobodyReached, step.Stages.Length, stage.Notify, routes)).ToList();
        Record(step with
        {
            Repeats = step.Repeats + 1,
            ReachedAt = now,
            TellsNobody = told.TrueForAll(drafts => drafts.Count == 0),
            At = now,
            Why = "nobody reached: all stages are told again",
        });
        told.ForEach(AddNew);
    }

    private void TellOver(AlertCall call)
    {
        var first = call.Pages[0].Page;
        var step = call.Step ?? new EscalationStep
        {
            Episode = call.Episode,
            Ward = first.Ward,
            Patient = first.Patient,
            Call = 0,
            Raise = 0,
            Since = now,
            Stages = [],
            At = now,
            Why = "",
        };
        Record(step with { OverTold = true, TellsNobody = false, At = now, Why = "over" });
        foreach (var fact in call.Pages.Where(fact => fact.Page.TellWhenOver && fact.Page.Type != PageType.Over && AlertCall.MayKnow(fact)))
        {
            var page = fact.Page;
            if (!plan.Channels.ContainsKey(page.Channel))
            {
                continue;
            }

            var item = page.Items.First(item => item.Episode == call.Episode);
            AddNew([new PageDraft(
                PageType.Over, page.Stage, page.Role, page.Person, page.Name, new PersonChannel(page.Channel, page.Address), false, "", item.Call, EndOf(call, page, item))]);
        }
    }

    /// <summary>How the alert ended; of one that is only known from its pages, how it was told.</summary>
    private static AlertStatus EndOf(AlertCall call, Page page, PageItem item) => call.Last?.Status ?? new AlertStatus
    {
        Id = item.AlertId,
        Episode = item.Episode,
        Alert = item.Alert,
        Slug = "",
        Patient = page.Patient,
        Ward = page.Ward,
        Bed = page.Bed,
        Priority = item.Priority,
        Kind = item.Kind,
        State = AlertState.Ended,
        Since = item.Since,
        Changed = item.Since,
        Value = item.Value,
        Limit = item.Limit,
        Message = item.Message,
        Reason = "over",
        RuleSet = "",
    };

    private IReadOnlyList<Route> RoutesAt(AlertStatus status, int stage) => plan.RoutesFor(status, stage, now);

    /// <summary>Who has the role, and whom the routes name, each once, over the first of their channels.</summary>
    private List<PageDraft> Recipients(AlertCall call, PageType type, int stage, string role, IReadOnlyList<Route> routes)
    {
        var status = call.Last!.Status;
        var drafts = new List<PageDraft>();
        if (role.Length > 0)
        {
            Add(role, plan.Who(status.Ward, role, now), call.Step is { TellWhenOver: true });
        }

        foreach (var route in routes)
        {
            foreach (var named in route.Roles)
            {
                Add(named, plan.Who(status.Ward, named, now), route.TellWhenOver);
            }

            Add("", route.Persons, route.TellWhenOver);
        }

        return drafts;

        void Add(string inRole, IEnumerable<string> persons, bool over)
        {
            foreach (var person in persons.Select(id => plan.People[id]))
            {
                var known = drafts.FindIndex(draft => draft.Person == person.Id);
                if (known < 0)
                {
                    drafts.Add(new PageDraft(type, stage, inRole, person.Id, person.Name, person.Channels[0], over, "", call.Call, status));
                }
                else if (over)
                {
                    drafts[known] = drafts[known] with { TellWhenOver = true };
                }
            }
        }
    }

    private void AddNew(IEnumerable<PageDraft> drafts) =>
        _drafts.AddRange(drafts.Where(draft => !_drafts.Exists(known => known.Alert.Episode == draft.Alert.Episode && known.Message == draft.Message)).ToList());

    private void Record(EscalationStep step)
    {
        _decision.Steps.Add(step);
        ledger.Apply(step);
    }

    /// <summary>The drafts of one patient to one person become one page, the most urgent pages first.</summary>
    private void WritePages()
    {
        foreach (var message in _drafts.GroupBy(draft => draft.Message).OrderByDescending(group => group.Max(draft => draft.Alert.Priority)))
        {
            var first = message.First();
            var number = ledger.PageCount + 1;
            var page = new Page
            {
                Key = Alerts.Ledger.EpisodeId.Of(now, number),
                Number = number,
                Type = first.Type,
                Stage = first.Stage,
                Role = first.Role,
                Person = first.Person,
                Name = first.Name,
                Channel = first.Way.Channel,
                Address = first.Way.Address,
                Ward = first.Alert.Ward,
                Patient = first.Alert.Patient,
                Bed = first.Alert.Bed,
                Queued = now,
                TellWhenOver = message.Any(draft => draft.TellWhenOver),
                InsteadOf = first.InsteadOf,
                Items = [.. message.OrderByDescending(draft => draft.Alert.Priority).Select(draft => draft.ToItem())],
            };
            _decision.Pages.Add(page);
            ledger.Apply(page);
        }
    }
}
