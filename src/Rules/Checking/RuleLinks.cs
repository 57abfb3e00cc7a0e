using System.Collections.Immutable;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Connects the rules: who holds back whom, who asks for whom, and in which order they are therefore evaluated.</summary>
internal sealed class RuleLinks
{
    private readonly Vocabulary _vocabulary;
    private readonly IReadOnlyList<RuleText> _rules;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, int> _places;
    private readonly SortedSet<int>[] _suppressors;

    /// <summary>Connects them and reports what cannot be.</summary>
    public RuleLinks(Vocabulary vocabulary, IReadOnlyList<RuleText> rules, DiagnosticBag diagnostics)
    {
        _vocabulary = vocabulary;
        _rules = rules;
        _diagnostics = diagnostics;
        _places = rules.Select((rule, index) => (rule.Definition.Rule.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        _suppressors = [.. rules.Select(_ => new SortedSet<int>())];
        for (var index = 0; index < rules.Count; index++)
        {
            foreach (var name in rules[index].Suppresses)
            {
                Link(index, Find(name), name);
            }

            foreach (var name in rules[index].SuppressedBy)
            {
                Link(Find(name), index, name);
            }
        }

        Order = FindOrder();
    }

    /// <summary>Indexes of the rules in the order of evaluation: as in the files, but each behind those it depends on.</summary>
    public ImmutableArray<int> Order { get; }

    /// <summary>Indexes of the rules that hold one back, rising.</summary>
    public ImmutableArray<int> SuppressorsOf(int rule) => [.. _suppressors[rule]];

    private int? Find(ConfigNode name)
    {
        var text = name.Text.Trim();
        if (_places.TryGetValue(text, out var place))
        {
            return place;
        }

        if (!_vocabulary.Alerts.Contains(text) && !_vocabulary.Incomplete && !_vocabulary.Broken.Contains(text))
        {
            _diagnostics.Error(
                name, Codes.UnknownAlert, $"there is no alert named '{text}'",
                _vocabulary.FormerAlerts.TryGetValue(text, out var now) ? $"it is called `{now}` now" : Suggestions.DidYouMean(text, _vocabulary.Alerts)
                ?? "write the name that stands behind `alert:` in one of the files, or remove this");
        }

        return null;
    }

    private void Link(int? suppressor, int? suppressed, ConfigNode name)
    {
        if (suppressor is not { } one || suppressed is not { } other)
        {
            return;
        }

        var (above, below) = (_rules[one].Definition.Rule, _rules[other].Definition.Rule);
        if (one == other)
        {
            _diagnostics.Error(name, Codes.AlertCycle, $"'{above.Name}' cannot hold back itself", "name another alert");
        }
        else if (above.Shadow && !below.Shadow)
        {
            _diagnostics.Error(
                name, Codes.Contradiction, $"nobody is told of '{above.Name}', which is only tried (`shadow`), so it cannot hold back '{below.Name}'",
                "remove it here until the trial is over");
        }
        else if (_suppressors[other].Add(one) && below.Priority > above.Priority)
        {
            _diagnostics.Warn(
                name, new TextSpan(0, name.Text.Length), Codes.SuppressedByLesser,
                $"'{below.Name}' is more urgent than '{above.Name}', which holds it back", "a more urgent alert should hold back the less urgent one");
        }
    }

    /// <summary>Of the rules whose dependencies are placed, always the first in the files comes next.</summary>
    private ImmutableArray<int> FindOrder()
    {
        var needs = _rules.Select((rule, index) => new SortedSet<int>(AskedFor(rule).Concat(_suppressors[index]))).ToArray();
        var order = ImmutableArray.CreateBuilder<int>(_rules.Count);
        var placed = new bool[_rules.Count];
        while (order.Count < _rules.Count)
        {
            var next = Enumerable.Range(0, _rules.Count).FirstOrDefault(index => !placed[index] && needs[index].All(need => placed[need]), -1);
            if (next < 0)
            {
                ReportCircle(needs, placed);
                return [];
            }

            placed[next] = true;
            order.Add(next);
        }

        return order.ToImmutable();
    }

    private IEnumerable<int> AskedFor(RuleText rule) =>
        rule.Definition.Levels.Select(level => level.When).Append(rule.Definition.ClearWhen).OfType<Expression>()
            .SelectMany(condition => condition.All()).OfType<AlertActiveExpression>()
            .Select(alert => _places.TryGetValue(alert.Alert, out var place) ? place : -1).Where(place => place >= 0);

    private void ReportCircle(SortedSet<int>[] needs, bool[] placed)
    {
        var path = new List<int>();
        var at = Array.IndexOf(placed, false);
        while (!path.Contains(at))
        {
            path.Add(at);
            at = needs[at].First(need => !placed[need]);
        }

        var circle = path.Skip(path.IndexOf(at)).ToList();
        var first = circle.Min();
        var turned = circle.Skip(circle.IndexOf(first)).Concat(circle.Take(circle.IndexOf(first))).Append(first);
        _diagnostics.Error(
            _rules[first].Name, Codes.AlertCycle,
            circle.Count == 1
                ? $"'{_rules[first].Definition.Rule.Name}' asks whether it is active itself"
                : $"these alerts wait for each other: {string.Join(" -> ", turned.Select(index => _rules[index].Definition.Rule.Name))}",
            "an alert may ask for, or be held back by, only such as do not depend on it");
    }
}
