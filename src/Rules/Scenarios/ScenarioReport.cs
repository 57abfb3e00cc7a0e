using System.Collections.Immutable;
using System.Globalization;

namespace IoTGateway.Rules;

/// <summary>What the scenarios of a rule set have shown.</summary>
public sealed record ScenarioReport
{
    // Of what there is how many are shown, and how to say that one is not.
    private static readonly (CoverageKind Kind, string Shown, string Lacking)[] Kinds =
    [
        (CoverageKind.Raised, "rules raised", "not raised"),
        (CoverageKind.Level, "priorities reached", "no `priority` of"),
        (CoverageKind.Cleared, "rules cleared", "not cleared"),
        (CoverageKind.Message, "messages read", "no `message` of"),
        (CoverageKind.Technical, "technical rules known as such", "no `kind: technical` of"),
        (CoverageKind.Latch, "latching rules latched", "no `latched` of"),
        (CoverageKind.Escalation, "escalations reached", "no `escalated` of"),
        (CoverageKind.Shadow, "trials told to nobody", "no `told: false` of"),
        (CoverageKind.HeldBack, "suppressions shown", "no `suppressed: true` of"),
        (CoverageKind.Limit, "limits crossed", "not crossed"),
        (CoverageKind.ScoreRow, "score rows shown", "no `value` shows"),
    ];

    /// <summary>What is wrong with the scenario files. Scenarios without mistakes were played all the same.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Each scenario, in the order of the files.</summary>
    public ImmutableArray<ScenarioOutcome> Scenarios { get; init; } = [];

    /// <summary>How many scenarios were not played for their mistakes; a file of which nothing can be read counts as one.</summary>
    public int Unplayable { get; init; }

    /// <summary>What the scenarios ought to show, and whether they do.</summary>
    public ImmutableArray<CoverageItem> Coverage { get; init; } = [];

    /// <summary>Whether no file has an error and every expectation was met.</summary>
    public bool IsPassed => !Diagnostics.Any(diagnostic => diagnostic.IsError) && Scenarios.All(scenario => scenario.Misses.IsEmpty);

    /// <summary>Whether everything that ought to be shown is.</summary>
    public bool IsCoverageFull => Coverage.All(item => item.IsCovered);

    /// <summary>Writes it for people: mistakes, what was missed, the sum, what is not covered.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="uncoveredAtMost">How much of what is not covered is named; of the rest it says how many there are.</param>
    public void Write(TextWriter output, int uncoveredAtMost = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (var diagnostic in Diagnostics)
        {
            output.WriteLine(diagnostic);
        }

        foreach (var scenario in Scenarios.Where(scenario => !scenario.Misses.IsEmpty))
        {
            output.WriteLine($"FAILED  {scenario.File}:{scenario.Line.ToString(CultureInfo.InvariantCulture)}: {scenario.Name}");
            foreach (var miss in scenario.Misses)
            {
                output.WriteLine($"  {scenario.File}:{miss.Line.ToString(CultureInfo.InvariantCulture)}: expected {miss.Expected};");
                output.WriteLine($"  {miss.Found}.");
                output.WriteLine();
                foreach (var line in miss.TimeLine.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    output.WriteLine($"    {line}");
                }

                output.WriteLine();
            }
        }

        WriteSum(output, uncoveredAtMost);
    }

    private void WriteSum(TextWriter output, int uncoveredAtMost)
    {
        var failed = Scenarios.Count(scenario => !scenario.Misses.IsEmpty);
        var all = Scenarios.Length + Unplayable;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all} scenario{(all == 1 ? "" : "s")}: {Scenarios.Length - failed} passed, {failed} failed{(Unplayable == 0 ? "" : $", {Unplayable} could not be played")}."));
        var parts = Kinds.Select(kind => (kind, Items: Coverage.Where(item => item.Kind == kind.Kind).ToList())).Where(part => part.Items.Count > 0).ToList();
        output.WriteLine("Coverage: " + string.Join(", ", parts.Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part.Items.Count(item => item.IsCovered)} of {part.Items.Count} {part.kind.Shown}"))) + ".");

        // Of a rule that is not even raised that is said; the rest is the next thing to do.
        var notRaised = Coverage.Where(item => item is { Kind: CoverageKind.Raised, IsCovered: false }).Select(item => item.Name).ToList();
        List<string> uncovered =
        [
            .. from part in parts
               from item in part.Items
               where !item.IsCovered && (item.Kind == CoverageKind.Raised || !notRaised.Exists(rule => IsOf(item, rule)))
               select $"  {part.kind.Lacking}: {item.Name}",
        ];
        uncovered.Take(uncoveredAtMost).ToList().ForEach(output.WriteLine);
        if (uncovered.Count > uncoveredAtMost)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {uncovered.Count - uncoveredAtMost} more; `--strict` names them all."));
        }
    }

    private static bool IsOf(CoverageItem item, string rule) =>
        item.Kind is not (CoverageKind.Limit or CoverageKind.ScoreRow)
        && (item.Name == rule || item.Name.StartsWith(rule + " (", StringComparison.Ordinal) || item.Name.StartsWith(rule + ", ", StringComparison.Ordinal));
}
