using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting;

/// <summary>Makes episodes of transitions, and counts the conditions that held for long without a raise.</summary>
internal sealed class EpisodeCollector
{
    /// <summary>A condition that has held for this long is no artefact any more: that nobody was told of it deserves a look.</summary>
    public static readonly TimeSpan Sustained = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(int Patient, int Rule), Episode> _open = [];
    private readonly Dictionary<(int Patient, int Rule), Instant> _pending = [];
    private readonly int[] _missed;

    public EpisodeCollector(RuleSet rules) => _missed = new int[rules.Rules.Length];

    /// <summary>The episodes in the order in which they were raised.</summary>
    public List<Episode> Episodes { get; } = [];

    /// <summary>Of each rule how often its condition held for <see cref="Sustained"/> or longer without a raise.</summary>
    public IReadOnlyList<int> Missed => _missed;

    /// <summary>Takes in a transition; those of one alert come in the order of time.</summary>
    public void Add(int patient, AlertTransition transition)
    {
        var key = (patient, transition.Rule.Index);
        switch (transition.State)
        {
            case AlertState.Pending:
                _pending.TryAdd(key, transition.Time);
                break;
            case AlertState.Active or AlertState.Clearing:
                _pending.Remove(key);
                Raise(key, transition);
                break;
            case AlertState.Ended:
                EndPending(key, transition.Time);
                End(key, transition.Time, isOpen: false);
                break;
        }
    }

    /// <summary>A patient's recording is over: what stands ends there.</summary>
    public void EndPatient(int patient, Instant time)
    {
        foreach (var key in _pending.Keys.Where(key => key.Patient == patient).ToList())
        {
            EndPending(key, time);
        }

        foreach (var key in _open.Keys.Where(key => key.Patient == patient).ToList())
        {
            End(key, time, isOpen: true);
        }
    }

    private void Raise((int Patient, int Rule) key, AlertTransition transition)
    {
        if (_open.TryGetValue(key, out var episode))
        {
            episode.Priority = transition.Priority > episode.Priority ? transition.Priority : episode.Priority;
            return;
        }

        episode = new Episode
        {
            Patient = key.Patient,
            Rule = transition.Rule,
            Raised = transition.Time,
            Ended = transition.Time,
            Priority = transition.Priority,
            Limit = transition.Limit,
            Reason = transition.Reason,
        };
        _open.Add(key, episode);
        Episodes.Add(episode);
    }

    private void EndPending((int Patient, int Rule) key, Instant time)
    {
        if (_pending.Remove(key, out var since) && time - since >= Sustained)
        {
            _missed[key.Rule]++;
        }
    }

    private void End((int Patient, int Rule) key, Instant time, bool isOpen)
    {
        if (_open.Remove(key, out var episode))
        {
            episode.Ended = time;
            episode.IsOpen = isOpen;
        }
    }
}
