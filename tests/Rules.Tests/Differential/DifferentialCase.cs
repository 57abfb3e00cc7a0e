using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IoTGateway.Rules.Tests.Oracle;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Rule sets and what happens under them.</summary>
/// <param name="Sets">The sets; the first is loaded first.</param>
/// <param name="Inputs">What happens, in its order.</param>
internal sealed record DifferentialCase(ImmutableArray<RuleSetSketch> Sets, ImmutableArray<CourseInput> Inputs)
{
    /// <summary>The case of a seed.</summary>
    public static DifferentialCase Of(int seed, int inputs, int patients = 2)
    {
        var random = new Random(seed);
        var rules = new RandomRules(random);
        List<RuleSetSketch> sets = [rules.Next()];
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            sets.Add(rules.Edited(sets[^1]));
        }

        return new DifferentialCase([.. sets], new RandomCourse(random, sets.Count, patients).Next(inputs));
    }

    /// <summary>An engine to which the course is about to happen.</summary>
    public CourseRun Begin(IRuleEngine engine) => new(engine, [.. Sets.Select(EngineRules.Of)]);

    /// <summary>Runs the engine beside the oracle; the first difference in words, or null.</summary>
    /// <param name="transitions">Receives how many transitions the oracle told.</param>
    public Difference? Run(out int transitions)
    {
        var oracle = Begin(new OracleEngine());
        var engine = Begin(new RuleEngine());
        Difference? difference = null;
        for (var index = 0; index < Inputs.Length && difference is null; index++)
        {
            oracle.Take(Inputs[index]);
            try
            {
                engine.Take(Inputs[index]);
                difference = Compare(index, oracle, engine, engine.Engine.IsMigrating);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                difference = new Difference(index, $"the engine threw {error}");
            }
        }

        transitions = oracle.Output.Count;
        return difference;
    }

    /// <summary>The case in words, with all sets and what stands around the difference.</summary>
    public string ToText(Difference difference)
    {
        var text = new StringBuilder();
        foreach (var (set, index) in Sets.Select((set, index) => (set, index)).Where(it => Inputs.OfType<LoadInput>().Any(load => load.Set == it.index)))
        {
            text.Append(CultureInfo.InvariantCulture, $"--- rule set {index}\n{RuleSetText.Of(set)}");
        }

        text.Append("--- inputs\n");
        const int Around = 60;
        foreach (var index in Enumerable.Range(0, Inputs.Length).Where(index => index > difference.Input - Around && index <= difference.Input))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Inputs[index]}\n");
        }

        return text.Append("--- difference\n").Append(difference.Text).ToString();
    }

    /// <summary>
    /// Patient by patient, since the engine may bring patients under new rules when it likes, as long as it says the same of each in the end.
    /// </summary>
    private static Difference? Compare(int input, CourseRun oracle, CourseRun engine, bool migrating)
    {
        foreach (var (patient, expected) in oracle.Lines)
        {
            var told = engine.Lines.GetValueOrDefault(patient) ?? [];
            var agreed = expected.Zip(told).TakeWhile(pair => pair.First == pair.Second).Count();
            if (told.Count != agreed || (!migrating && expected.Count != agreed))
            {
                return new Difference(input, $"{Lines("oracle", expected, agreed)}{Lines("engine", told, agreed)}");
            }
        }

        var more = engine.Lines.Keys.FirstOrDefault(patient => !oracle.Lines.ContainsKey(patient));
        return more is null ? null : new Difference(input, Lines("engine only", engine.Lines[more], 0));
    }

    private static string Lines(string who, List<string> lines, int agreed)
    {
        var from = Math.Max(0, agreed - 3);
        var shown = lines.Skip(from).Take(7).Select((line, index) => $"{who,-8}{(from + index < agreed ? "  " : "* ")}{line}\n");
        return string.Concat(shown.DefaultIfEmpty($"{who,-8}* nothing\n"));
    }
}
