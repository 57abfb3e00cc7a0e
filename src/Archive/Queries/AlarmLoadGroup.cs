using IoTGateway.Rules;

namespace IoTGateway.Archive.Queries;

/// <summary>Adds up the episodes of one rule, of one bed, or all.</summary>
internal sealed class AlarmLoadGroup(string name)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    private readonly List<TimeSpan> _toAcknowledge = [];
    private readonly List<TimeSpan> _lengths = [];
    private AlertPriority _highest;
    private int _endedPhysiological;
    private int _shortPhysiological;
    private int _short;

    /// <summary>How many.</summary>
    public int Episodes { get; private set; }

    /// <summary>Half of those that were acknowledged were so within this time; null where none was.</summary>
    public TimeSpan? MedianToAcknowledge => MedianOf(_toAcknowledge);

    /// <summary>The share of the ended physiological ones that were shorter than 30 s.</summary>
    public double ShareOfShortPhysiological => ShareOf(_shortPhysiological, _endedPhysiological);

    /// <summary>Takes in one more.</summary>
    public void Add(in LoadedEpisode episode)
    {
        Episodes++;
        _highest = episode.Highest > _highest ? episode.Highest : _highest;
        if (episode.ToAcknowledge is { } toAcknowledge)
        {
            _toAcknowledge.Add(toAcknowledge);
        }

        if (episode.Length is { } length)
        {
            _lengths.Add(length);
            var (isShort, isPhysiological) = (length < Short, episode.Kind == AlertKind.Physiological);
            _short += isShort ? 1 : 0;
            _endedPhysiological += isPhysiological ? 1 : 0;
            _shortPhysiological += isShort && isPhysiological ? 1 : 0;
        }
    }

    /// <summary>Its row among so many episodes in all.</summary>
    public AlarmLoadRow ToRow(int ofAll) => new(
        name, _highest, Episodes, ShareOf(Episodes, ofAll), _toAcknowledge.Count, MedianToAcknowledge, MedianOf(_lengths), ShareOf(_short, _lengths.Count));

    private static double ShareOf(int part, int all) => all == 0 ? 0 : (double)part / all;

    /// <summary>The lower one of the two in the middle: half of all are at most that.</summary>
    private static TimeSpan? MedianOf(List<TimeSpan> spans)
    {
        spans.Sort();
        return spans.Count == 0 ? null : spans[(spans.Count - 1) / 2];
    }
}
