using IoTGateway.Readings;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads scenario files: one scenario as the keys of the file, or several as a list under <c>scenarios</c>.</summary>
internal sealed class ScenarioReader(RuleSet rules, DiagnosticBag diagnostics)
{
    private const string EveryKey = "every";
    private const int MostScenarios = 1_000;

    private static readonly string[] Keys = ["scenario", "patient", "monitored", "given", "acknowledge", "expect"];
    private static readonly TimeSpan DefaultEvery = TimeSpan.FromSeconds(1);
    private readonly ExpectationReader _expectations = new(rules, diagnostics);
    private readonly ScenarioPatientReader _patients = new(rules, diagnostics);
    private readonly AcknowledgementReader _acknowledgements = new(rules, diagnostics);

    /// <summary>How many scenarios were left out for their mistakes; a file of which nothing can be read counts as one.</summary>
    public int Unplayable { get; private set; }

    /// <summary>The scenarios of a file; those with mistakes are left out, and the mistakes reported.</summary>
    public List<Scenario> Read(RuleFile file)
    {
        var before = (diagnostics.ErrorCount, Unplayable);
        var scenarios = ReadFile(file);

        // A mistake outside all scenarios leaves nothing of the file that can be relied on.
        if (diagnostics.ErrorCount > before.ErrorCount && Unplayable == before.Unplayable)
        {
            Unplayable += Math.Max(1, scenarios.Count);
            return [];
        }

        return scenarios;
    }

    private List<Scenario> ReadFile(RuleFile file)
    {
        var source = new SourceText(file);
        var errors = diagnostics.ErrorCount;
        if (YamlReader.Read(source, diagnostics, "a scenario file") is not { } root)
        {
            if (diagnostics.ErrorCount == errors)
            {
                diagnostics.Add(source.At(0, 1, true, Codes.Shape, "the file is empty", "a scenario file begins with `scenario:` or `scenarios:`"));
            }

            return [];
        }

        if (root.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(root, Codes.Shape, "this is no scenario file", "it begins with `scenario:` or `scenarios:`");
            return [];
        }

        if (root.Find("scenarios") is not { } list)
        {
            return ReadScenario(root, [.. Keys, "version"]) is { } only ? [only] : [];
        }

        _ = new MappingReader(root, diagnostics, "a file with a list of scenarios", ["version", "scenarios"]);
        if (list.Kind != ConfigKind.List || list.Items.Count is 0 or > MostScenarios)
        {
            diagnostics.Error(list, Codes.Shape, $"`scenarios` wants a list of 1 to {MostScenarios} scenarios", "write `- scenario: what it shows` for each");
            return [];
        }

        return [.. list.Items.Select(item => ReadScenario(item, Keys)).OfType<Scenario>()];
    }

    private Scenario? ReadScenario(ConfigNode node, string[] keys)
    {
        var before = diagnostics.ErrorCount;
        var scenario = ReadParts(node, keys);
        if (diagnostics.ErrorCount == before)
        {
            return scenario;
        }

        Unplayable++;
        return null;
    }

    private Scenario? ReadParts(ConfigNode node, string[] keys)
    {
        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "a scenario has keys", "write `scenario:`, `given:` and `expect:`");
            return null;
        }

        var reader = new MappingReader(node, diagnostics, "a scenario", keys);
        if (reader.Node("version") is { } version && version.Text != "1")
        {
            diagnostics.Error(version, Codes.Version, $"this gateway knows version 1 of the language, not '{version.Text}'", "write `version: 1`, or leave it out");
        }

        var name = reader.Required("scenario", node, "a scenario needs its name", "write `scenario:` and what it shows");
        var courses = ReadGiven(reader.Node("given"), node);
        var acknowledgements = _acknowledgements.Read(reader.Node("acknowledge"));
        var (expectations, values) = _expectations.Read(reader.Node("expect"), node);
        var monitored = reader.Node("monitored") is null
            ? courses.Select(course => course.Signal)
            : reader.Texts("monitored").Select(SignalOf).OfType<Signal>();
        var patient = _patients.Read(reader.Node("patient"), [.. monitored.Select(signal => signal.Id).Distinct()]);
        if (name is null || courses.Count == 0 || expectations.Count + values.Count == 0 || patient is null)
        {
            return null;
        }

        var scenario = new Scenario
        {
            Name = name.Text,
            File = node.Source.Name,
            Line = node.Source.LineOf(node.Start),
            Patient = patient,
            Courses = [.. courses],
            Acknowledgements = [.. acknowledgements],
            Expectations = [.. expectations],
            Values = [.. values],
        };
        return IsShort(scenario, name) ? scenario : null;
    }

    private bool IsShort(Scenario scenario, ConfigNode name)
    {
        if (scenario.End > Scenario.Longest)
        {
            diagnostics.Error(name, ScenarioCodes.TooLong, $"a scenario lasts at most {Durations.Format(Scenario.Longest)}", "play a recording with `rules backtest` for longer ones");
            return false;
        }

        var samples = scenario.Courses.Sum(course => scenario.End / course.Every);
        if (samples > Scenario.MostSamples)
        {
            diagnostics.Error(
                name, ScenarioCodes.TooLong, $"a scenario sends at most {Scenario.MostSamples} values", "send values less often: `every: 10 s` under `given`");
            return false;
        }

        return true;
    }

    private List<Course> ReadGiven(ConfigNode? given, ConfigNode scenario)
    {
        if (given is null || given.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                given ?? scenario, given is null ? Codes.MissingKey : Codes.Shape, "`given` says what each signal does", "write for example `given: { spo2: 97 for 1 min }`");
            return [];
        }

        var every = ReadEvery(given) ?? DefaultEvery;
        var courses = new List<Course>();
        foreach (var (key, value) in given.Entries.Where(entry => entry.Key.Text != EveryKey))
        {
            if (SignalOf(key) is not { } signal)
            {
                continue;
            }

            if (courses.Exists(course => course.Signal == signal))
            {
                diagnostics.Error(key, Codes.DuplicateName, $"'{key.Text}' is {signal.Id}, which is given already", "write one course with all its parts");
                continue;
            }

            if (ReadCourse(value, signal, every) is { } course)
            {
                courses.Add(course);
            }
        }

        if (given.Entries.All(entry => entry.Key.Text == EveryKey))
        {
            diagnostics.Error(given, Codes.MissingKey, "no signal is given", "write for example `spo2: 97 for 1 min`");
        }

        return courses;
    }

    private Course? ReadCourse(ConfigNode value, Signal signal, TimeSpan every)
    {
        var text = value;
        if (value.Kind == ConfigKind.Mapping)
        {
            var reader = new MappingReader(value, diagnostics, "a course", ["course", EveryKey]);
            every = ReadEvery(value) ?? every;
            text = reader.Required("course", value, "this says nothing of the signal's course", "write for example `{ course: 120 for 1 h, every: 15 min }`");
        }

        if (text is null || text.Kind != ConfigKind.Text || string.IsNullOrWhiteSpace(text.Text))
        {
            if (text is not null)
            {
                diagnostics.Error(text, Codes.Shape, $"a course of {signal.Id} is wanted here", "write for example `97 for 30 s, missing for 4 min`");
            }

            return null;
        }

        try
        {
            return new Course(signal, every, CourseParser.Parse(text.Text, signal));
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(text, mistake);
            return null;
        }
    }

    private TimeSpan? ReadEvery(ConfigNode mapping)
    {
        if (mapping.Find(EveryKey) is not { } node)
        {
            return null;
        }

        try
        {
            var every = Durations.Parse(node.Text);
            if (every > TimeSpan.Zero)
            {
                return every;
            }

            diagnostics.Error(node, Codes.Duration, "values cannot come without any time between them", "write for example `1 s`");
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
        }

        return null;
    }

    private Signal? SignalOf(ConfigNode name)
    {
        if (rules.Catalogue.Find(name.Text) is { } signal)
        {
            return signal;
        }

        diagnostics.Error(
            name, Codes.UnknownName, $"there is no signal named '{name.Text}'",
            Suggestions.DidYouMean(name.Text, rules.Catalogue.Signals.Select(known => known.Id)) ?? "derived signals cannot be given: they are computed");
        return null;
    }
}
