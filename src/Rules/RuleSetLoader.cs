using System.Security.Cryptography;
using System.Text;
using IoTGateway.Readings;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules;

/// <summary>Turns rule files into a rule set, or into errors: all files or nothing.</summary>
public static class RuleSetLoader
{
    private const int MostFiles = 100;
    private const int MostWindows = 64;

    /// <summary>
    /// Checks and compiles the files, in ordinal order of their names. If none of them declares signals, those shipped with the gateway are
    /// used, so that a single file can be checked alone. Files of scenarios (<c>*.test.yaml</c>) are no part of the set; they only tell which
    /// alerts are tested.
    /// </summary>
    public static RuleSetResult Load(IReadOnlyCollection<RuleFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var diagnostics = new DiagnosticBag();
        var scenarios = files.Where(ScenarioCoverage.IsScenarioFile).ToList();
        var ordered = files.Except(scenarios).OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        if (ordered.Count is 0 or > MostFiles)
        {
            diagnostics.Add(ordered.Count == 0
                ? new Diagnostic(
                    "rules", 0, 0, true, Codes.NothingWatched, "there is no rule file", "", 1,
                    "put rule files (*.yaml) into the rules directory; the shipped ones are a beginning")
                : new Diagnostic("rules", 0, 0, true, Codes.TooLarge, $"there are at most {MostFiles} rule files", "", 1, null));
            return new RuleSetResult(null, diagnostics.Sorted());
        }

        var documents = ordered.Select(file => ReadFile(file, diagnostics)).OfType<ConfigNode>().ToList();
        if (!diagnostics.HasUnreadableFile && !documents.Any(document => document.Find("signals") is not null))
        {
            ordered.Add(ShippedRules.SignalFile);
            documents.Add(ReadFile(ShippedRules.SignalFile, diagnostics)!);
        }

        return Compile(ordered, documents, scenarios, diagnostics);
    }

    /// <summary>The signals of one file, which has to be without mistakes.</summary>
    internal static SignalCatalogue LoadCatalogue(RuleFile file)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new SignalsReader(diagnostics);
        if (ReadFile(file, diagnostics)?.Find("signals") is { } signals)
        {
            reader.Read(signals);
        }

        return diagnostics.HasErrors
            ? throw new InvalidDataException($"The signal catalogue is wrong:\n{string.Join('\n', diagnostics.Sorted())}")
            : new SignalCatalogue([.. reader.Signals.Select(signal => signal.Signal)]);
    }

    private static ConfigNode? ReadFile(RuleFile file, DiagnosticBag diagnostics)
    {
        var source = new SourceText(file);
        if (YamlReader.Read(source, diagnostics) is not { } root)
        {
            if (!diagnostics.HasUnreadableFile)
            {
                diagnostics.Add(source.At(0, 1, false, Codes.Version, "the file is empty", "remove it, or begin it with `version: 1`"));
            }

            return null;
        }

        if (root.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                root, Codes.Shape, "this is no rule file", "a rule file begins with `version: 1`, then `limits:`, `overrides:`, `derive:` or `rules:`");
            diagnostics.HasUnreadableFile = true;
            return null;
        }

        var reader = new MappingReader(root, diagnostics, "a rule file", Keys.File);
        if (reader.Node("version") is not { } version)
        {
            diagnostics.Error(
                root, Codes.Version, "the file does not say in which version of the language it is written", "write `version: 1` in its first line");
        }
        else if (version.Text != "1")
        {
            diagnostics.Error(version, Codes.Version, $"this gateway knows version 1 of the language, not '{version.Text}'", "write `version: 1`");
        }

        var population = reader.Choice("population", ["adults"]);
        if (population is null && root.KeyOf("rules") is { } rules && root.KeyOf("population") is null)
        {
            diagnostics.Warn(
                rules, new TextSpan(0, rules.Text.Length), Codes.Population, "the file does not say for whom its rules are",
                "write `population: adults` below the version");
        }

        return root;
    }

    private static RuleSetResult Compile(List<RuleFile> files, List<ConfigNode> documents, List<RuleFile> scenarios, DiagnosticBag diagnostics)
    {
        var definition = Define(files[0].Name, documents, scenarios, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new RuleSetResult(null, diagnostics.Sorted());
        }

        var set = new RuleSet
        {
            Version = VersionOf(files),
            Catalogue = definition.Catalogue,
            Rules = [.. definition.Rules.Select(rule => rule.Rule)],
            Files = [.. files],
            Definition = definition,
        };
        if (set.StateBytesPerPatient > StateSize.Most)
        {
            diagnostics.Add(new Diagnostic(
                files[0].Name, 1, 1, true, Codes.TooLarge,
                FormattableString.Invariant($"these rules need {set.StateBytesPerPatient:#,0} bytes of state for each patient, at most {StateSize.Most:#,0} are kept"), "", 1,
                "let windows share signals and lengths, and leave out signals and derived signals that no rule uses"));
            return new RuleSetResult(null, diagnostics.Sorted());
        }

        return new RuleSetResult(set, diagnostics.Sorted());
    }

    /// <summary>What the files mean; only to be used if there is no error.</summary>
    private static RuleSetDefinition Define(string firstFile, List<ConfigNode> documents, List<RuleFile> scenarios, DiagnosticBag diagnostics)
    {
        var budget = new AnalysisBudget();
        var signals = new SignalsReader(diagnostics, ShippedRules.SignalCatalogue);
        ForEach(documents, "signals", signals.Read);
        var vocabulary = new Vocabulary
        {
            Catalogue = new SignalCatalogue([.. signals.Signals.Select(signal => signal.Signal)]),
            Incomplete = diagnostics.HasUnreadableFile,
        };
        vocabulary.Broken.UnionWith(signals.Broken);
        var limits = new LimitsReader(vocabulary, diagnostics);
        ForEach(documents, "limits", limits.Read);
        var derive = new DeriveReader(vocabulary, diagnostics, budget);
        ForEach(documents, "derive", derive.Read);
        derive.Finish();
        var overrides = new OverridesReader(vocabulary, diagnostics);
        ForEach(documents, "overrides", overrides.Read);
        var derived = DerivedOrder.Find(derive.Derived, overrides.Overrides, overrides.Nodes, diagnostics);
        var rules = new RulesReader(vocabulary, diagnostics);
        ForEach(documents, "rules", rules.Read);
        rules.Finish();
        if (!rules.WatchesPatient && !diagnostics.HasUnreadableFile)
        {
            diagnostics.Add(new Diagnostic(
                firstFile, 1, 1, true, Codes.NothingWatched, "no rule watches a patient", "", 1,
                "add a rule of the kind physiological; a set without one would silently end all alerts"));
        }

        if (vocabulary.Windows.Count > MostWindows)
        {
            diagnostics.Add(new Diagnostic(
                firstFile, 1, 1, true, Codes.TooLarge, $"the rules look at {vocabulary.Windows.Count} windows of time, at most {MostWindows} are kept for each patient", "", 1,
                "a window is a signal with a length, whatever is asked of it: let rules share lengths"));
        }

        var links = new RuleLinks(vocabulary, rules.Rules, diagnostics);
        new OverrideChecks(vocabulary, overrides.Overrides, overrides.Nodes, diagnostics).Warn();
        var checks = new RuleChecks(vocabulary, overrides.Overrides, diagnostics, budget);
        rules.Rules.ForEach(checks.Check);
        RuleComparison.Warn(rules.Rules, diagnostics);
        ScenarioCoverage.Warn(rules.Rules, scenarios, diagnostics);
        return new RuleSetDefinition
        {
            Catalogue = vocabulary.Catalogue,
            Signals = [.. signals.Signals],
            Limits = [.. limits.Limits],
            Overrides = [.. overrides.Overrides],
            Derived = derived,
            Windows = [.. vocabulary.Windows.OrderBy(window => window.Signal, StringComparer.Ordinal).ThenBy(window => window.Length)],
            Rules = [.. rules.Rules.Select((rule, index) => rule.Definition with { SuppressedBy = links.SuppressorsOf(index) })],
            EvaluationOrder = links.Order,
        };
    }

    private static void ForEach(List<ConfigNode> documents, string key, Action<ConfigNode> read)
    {
        foreach (var section in documents.Select(document => document.Find(key)).OfType<ConfigNode>())
        {
            // "rules:" with nothing behind it is an empty section, not a mistake.
            if (section.Kind != ConfigKind.Text || section.Text.Length > 0)
            {
                read(section);
            }
        }
    }

    private static string VersionOf(List<RuleFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // The same files are the same rules wherever their directory is, and however they were put together.
        foreach (var (name, text) in files.Select(file => (Path.GetFileName(file.Name), file.Text)).OrderBy(file => file.Item1, StringComparer.Ordinal))
        {
            // The zero between and behind the two keeps one file's end from being another's beginning.
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
