using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>What has become of census files. Follows from the records of the log, so that it is known after a restart; not thread-safe.</summary>
internal sealed class CensusImports
{
    // The last file that was decided upon, whether it came into force or was dropped.
    private string _decided = "";
    private bool _changedByPeople;

    public CensusImports(IEnumerable<CensusChange> changes)
    {
        foreach (var change in changes)
        {
            Take(change.Census, change.Note);
        }
    }

    /// <summary>The census of the file that came into force last; null for none.</summary>
    public WardCensus? Last { get; private set; }

    /// <summary>The file that waits; null if none does.</summary>
    public (WardCensus Census, string Hash, Instant Since)? Waiting { get; private set; }

    /// <summary>Takes in what was recorded.</summary>
    public void Take(WardCensus census, CensusNote? note)
    {
        if (note is null or { Kind: CensusNoteKind.Import })
        {
            // A record that says nothing of itself was a file before there was anything else.
            Last = census;
            _changedByPeople = false;
        }
        else if (note.Kind != CensusNoteKind.Keep)
        {
            _changedByPeople = true;
        }

        if (note is { File.Length: > 0 })
        {
            _decided = note.File;
            Waiting = null;
        }
    }

    /// <summary>The file has become one that cannot be used: what waited is not what it says any more, and nobody may put it into force.</summary>
    public void Invalid() => Waiting = null;

    /// <summary>
    /// What becomes of a file.
    /// <code>
    /// the file                                                        decision
    /// was the last one decided upon                                   nothing
    /// says what is so already                                         applied: from then on it and the census agree
    /// differs, and nobody has changed the census since the last one   applied
    /// says what the last one said (only its words are others)         nothing
    /// differs, and people have changed the census since               waits for a person
    /// </code>
    /// </summary>
    /// <param name="census">What it says.</param>
    /// <param name="hash">The hash of its text.</param>
    /// <param name="isNews">Whether it differs from who is where now.</param>
    /// <param name="since">Since when it says so.</param>
    public CensusImportDecision Decide(WardCensus census, string hash, bool isNews, Instant since)
    {
        Waiting = null;
        if (hash == _decided)
        {
            return CensusImportDecision.Nothing;
        }

        if (!isNews || !_changedByPeople)
        {
            return CensusImportDecision.Apply;
        }

        if (census.Equals(Last))
        {
            return CensusImportDecision.Nothing;
        }

        Waiting = (census, hash, since);
        return CensusImportDecision.Waits;
    }
}
