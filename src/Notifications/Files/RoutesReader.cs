using System.Collections.Immutable;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>Reads the routes, the default escalation, the grouping and the flood guard of <c>notifications.yaml</c>.</summary>
internal sealed class RoutesReader(DiagnosticBag diagnostics, List<Reference> references) : SectionReader(diagnostics, references)
{
    private const int MostStages = 9;
    private const string Example = "write for example `- { route: nurses, only for: { priority: [high, medium] }, notify: nurse }`";
    private const string StageExample = "write for example `- { not acknowledged in: 2 min, notify: charge nurse }`";

    private static readonly string[] Priorities = ["low", "medium", "high"];
    private static readonly string[] Kinds = ["physiological", "technical"];
    private static readonly string[] Moments = ["raise", "stage 1", "stage 2", "stage 3", "stage 4", "stage 5", "stage 6", "stage 7", "stage 8", "stage 9", "nobody reached"];

    private readonly List<Route> _routes = [];
    private readonly List<EscalationStage> _stages = [];

    public IReadOnlyList<Route> Routes => _routes;

    public IReadOnlyList<EscalationStage> DefaultEscalation => _stages;

    public TimeSpan GroupWithin { get; private set; }

    public int FloodPagesPerMinute { get; private set; }

    public void Read(MappingReader root)
    {
        foreach (var entry in Entries(root.Node("routes"), "routes", Example))
        {
            ReadRoute(entry);
        }

        foreach (var entry in Entries(root.Node("default escalation"), "default escalation", StageExample))
        {
            ReadStage(entry);
        }

        if (_stages.Count > MostStages)
        {
            Diagnostics.Error(root.Node("default escalation")!, Codes.TooLarge, $"there are at most {MostStages} stages");
        }

        if (root.Mapping("grouping", "`grouping` says within which time", "write for example `grouping: { within: 10 s }`") is { } grouping)
        {
            var reader = new MappingReader(grouping, Diagnostics, "grouping", NotificationKeys.Grouping);
            GroupWithin = Duration(reader, "within", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        }

        if (root.Mapping("flood guard", "`flood guard` says how many pages a minute", "write for example `flood guard: { pages a minute: 30 }`") is { } guard)
        {
            FloodPagesPerMinute = new MappingReader(guard, Diagnostics, "the flood guard", NotificationKeys.FloodGuard).WholeNumber("pages a minute", 1, 10_000) ?? 0;
        }
    }

    private void ReadRoute(ConfigNode entry)
    {
        var reader = new MappingReader(entry, Diagnostics, "a route", NotificationKeys.Route);
        var name = Name(reader, "route", entry, Example);
        var (roles, persons) = (Named(reader, "notify", ReferenceKind.Role), Named(reader, "persons", ReferenceKind.Person));
        if (roles.IsEmpty && persons.IsEmpty)
        {
            Diagnostics.Error(entry, Codes.MissingKey, "this route tells nobody", "name roles by `notify` or persons by `persons`");
        }

        var over = reader.Flag("tell when over");
        var stage = reader.Choice("at", Moments) is { } moment ? Array.IndexOf(Moments, moment) : 0;
        var route = new Route(
            name ?? "", [], [], [], [], WeekTimes.Always, stage == Moments.Length - 1 ? Route.NobodyReached : stage, roles, persons, over)
        {
            File = entry.Place.File,
            Line = entry.Place.Line,
        };
        if (reader.Mapping("only for", "`only for` says for which alerts", "write for example `only for: { ward: ICU, priority: high }`") is { } only)
        {
            var inner = new MappingReader(only, Diagnostics, "`only for`", NotificationKeys.OnlyFor);
            route = route with
            {
                Wards = Named(inner, "ward", ReferenceKind.Ward),
                Alerts = Named(inner, "alert", ReferenceKind.Alert),
                Priorities = Words(inner, "priority", Priorities, word => (AlertPriority)(Array.IndexOf(Priorities, word) + 1)),
                Kinds = Words(inner, "kind", Kinds, word => (AlertKind)Array.IndexOf(Kinds, word)),
                Times = Times(inner, only, required: false) ?? WeekTimes.Always,
            };
        }

        if (name is not null && _routes.Any(known => known.Name == name))
        {
            Diagnostics.Error(reader.Node("route")!, NotificationCodes.Duplicate, $"there is a route '{name}' already", "give each its own name");
        }

        _routes.Add(route);
    }

    private ImmutableArray<T> Words<T>(MappingReader reader, string key, string[] words, Func<string, T> value)
    {
        var values = ImmutableArray.CreateBuilder<T>();
        foreach (var node in reader.Texts(key))
        {
            if (words.Contains(node.Text.Trim()))
            {
                values.Add(value(node.Text.Trim()));
            }
            else
            {
                Diagnostics.Error(
                    node, Codes.Choice, $"'{node.Text}' is no {key}", Suggestions.DidYouMean(node.Text, words) ?? $"there are {string.Join(", ", words)}");
            }
        }

        return values.ToImmutable();
    }

    private void ReadStage(ConfigNode entry)
    {
        var reader = new MappingReader(entry, Diagnostics, "a stage", NotificationKeys.Stage);
        var after = reader.Required("not acknowledged in", entry, "this stage does not say after which time", StageExample) is null
            ? null
            : reader.Positive("not acknowledged in", "who is told at once is told by a route");
        var role = reader.Required("notify", entry, "this stage does not say who is told", StageExample);
        if (role is null || after is not { } time)
        {
            return;
        }

        if (_stages.Count > 0 && time <= _stages[^1].After)
        {
            Diagnostics.Error(
                reader.Node("not acknowledged in")!, Codes.Contradiction, "this stage does not come after the one before it",
                "count each time from the raise, and write the earliest stage first");
        }

        References.Add(new Reference(role, role.Text.Trim(), ReferenceKind.Role));
        _stages.Add(new EscalationStage(time, role.Text.Trim()));
    }
}
