using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Backtesting;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>A rule set played through one recording of <c>tests/data/vitals</c>, beside plain thresholds at the same limits.</summary>
internal sealed class PlayedRecording
{
    /// <summary>The recordings.</summary>
    public static readonly ImmutableArray<string> Files = ["mimic_1p024s_hour.csv", "mimic2_s00001_1min.csv", "challenge2012_48h.csv"];

    private static readonly Dictionary<string, Lazy<PlayedRecording>> Shipped =
        Files.ToDictionary(file => file, file => new Lazy<PlayedRecording>(() => new PlayedRecording(RuleSetLoader.Load(ShippedRules.Files).Rules!, file)), StringComparer.Ordinal);

    private readonly Dictionary<(int Patient, int Rule), Standing> _open = [];
    private readonly List<Standing> _standing = [];
    private readonly int[] _raised;

    /// <summary>Plays a recording.</summary>
    public PlayedRecording(RuleSet rules, string file)
    {
        (Rules, File) = (rules, file);
        Recording = new Recording(Rules.Catalogue);
        using (var input = System.IO.File.OpenText(Repository.PathOf($"tests/data/vitals/{file}")))
        {
            Recording.ReadCsv(input, file);
        }

        Assert.Empty(Recording.Errors);
        Recording.Sort();
        _raised = new int[Rules.Rules.Length];
        var player = new BacktestPlayer(Rules, Recording, new BacktestOptions());
        player.Play(Take, (patient, time) => EndAll(patient, time.UnixMilliseconds));
        Recorded = player.PatientTime;
        Exceedances = [.. Threshold.Of(Rules).SelectMany(Beyond)];
        Missed = [.. Exceedances.Where(beyond => beyond.IsSustained && !beyond.IsTold(_standing))];
    }

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>The recording's name.</summary>
    public string File { get; }

    /// <summary>What was measured.</summary>
    public Recording Recording { get; }

    /// <summary>The recorded time of all patients.</summary>
    public TimeSpan Recorded { get; }

    /// <summary>
    /// What plain thresholds would have alarmed: one for each limit of each level of the rules that compare one signal with a named limit (see
    /// <see cref="Threshold"/>). What a device sends as no value (0 or less for rates, saturation and pressures) is left out, as it is for the rules.
    /// </summary>
    public List<Exceedance> Exceedances { get; }

    /// <summary>The sustained ones of which nobody was told.</summary>
    public List<Exceedance> Missed { get; }

    /// <summary>The shipped rules, as they are, on a recording; played once.</summary>
    public static PlayedRecording OfShippedRules(string file) => Shipped[file].Value;

    /// <summary>
    /// How often people were told by a rule: each raise, and each step up to a more urgent level, since a plain threshold has an alarm of its own for
    /// each level's limit. One held back by another alert counts too.
    /// </summary>
    public int Raised(AlertRule rule) => _raised[rule.Index];

    /// <summary>The same of all rules of a kind.</summary>
    public int Raised(AlertKind kind) => Rules.Rules.Where(rule => rule.Kind == kind).Sum(Raised);

    private void Take(int patient, AlertTransition transition)
    {
        var key = (patient, transition.Rule.Index);
        var time = transition.Time.UnixMilliseconds;
        if (transition.State is not (AlertState.Active or AlertState.Clearing))
        {
            End(key, time);
            return;
        }

        if (_open.TryGetValue(key, out var before) && before.Priority == transition.Priority)
        {
            return;
        }

        if (before is null || transition.Priority > before.Priority)
        {
            _raised[transition.Rule.Index]++;
        }

        End(key, time);
        _open.Add(key, new Standing(patient, transition.Rule, transition.Priority, time, time));
    }

    private void End((int Patient, int Rule) key, long time)
    {
        if (_open.Remove(key, out var standing))
        {
            _standing.Add(standing with { To = time });
        }
    }

    private void EndAll(int patient, long time)
    {
        foreach (var key in _open.Keys.Where(key => key.Patient == patient).ToList())
        {
            End(key, time);
        }
    }

    private IEnumerable<Exceedance> Beyond(Threshold threshold) =>
        Recording.Rows.Where(row => row.Signal.Id == threshold.Signal && row.Quality != Quality.NoValue).GroupBy(row => row.Patient).SelectMany(rows => Beyond(threshold, [.. rows]));

    private static IEnumerable<Exceedance> Beyond(Threshold threshold, List<RecordingRow> rows)
    {
        long? since = null;
        foreach (var row in rows)
        {
            if (threshold.IsBeyond(row.Value))
            {
                since ??= row.Time;
            }
            else if (since is { } begun)
            {
                yield return new Exceedance(row.Patient, threshold, begun, row.Time);
                since = null;
            }
        }

        if (since is { } last)
        {
            yield return new Exceedance(rows[^1].Patient, threshold, last, rows[^1].Time);
        }
    }
}
