namespace IoTGateway.Rules.Engine;

/// <summary>
/// Which patient has which handle. A new patient gets the lowest that is free, so that handles are a function of who came and went. The shards of a
/// <see cref="ShardedRuleEngine"/> share one; it changes only between their work.
/// </summary>
internal sealed class PatientHandles
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private readonly List<bool> _isGiven = [];

    // No handle below this one is free.
    private int _firstMaybeFree;

    /// <summary>All handles that were ever given away lie below.</summary>
    public int Count => _isGiven.Count;

    /// <summary>The handle of a patient.</summary>
    public bool TryGet(string patient, out int handle) => _handles.TryGetValue(patient, out handle);

    /// <summary>Whether somebody has a handle.</summary>
    public bool IsGiven(int handle) => (uint)handle < (uint)_isGiven.Count && _isGiven[handle];

    /// <summary>Gives a patient who has none a handle.</summary>
    public int Give(string patient)
    {
        while (_firstMaybeFree < _isGiven.Count && _isGiven[_firstMaybeFree])
        {
            _firstMaybeFree++;
        }

        var isPlaced = TryPlace(patient, _firstMaybeFree);
        return isPlaced ? _firstMaybeFree : throw new InvalidOperationException("A patient cannot have two handles.");
    }

    /// <summary>Gives a patient this handle, as it was when the engine's state was saved; false if the patient has one already.</summary>
    public bool TryPlace(string patient, int handle)
    {
        if (!_handles.TryAdd(patient, handle))
        {
            return false;
        }

        Reach(handle + 1);
        _isGiven[handle] = true;
        return true;
    }

    /// <summary>Lets there be at least so many handles, given away or free.</summary>
    public void Reach(int count)
    {
        while (_isGiven.Count < count)
        {
            _isGiven.Add(false);
        }
    }

    /// <summary>Takes a patient's handle back.</summary>
    public void Free(string patient)
    {
        if (_handles.Remove(patient, out var handle))
        {
            _isGiven[handle] = false;
            _firstMaybeFree = Math.Min(_firstMaybeFree, handle);
        }
    }
}
