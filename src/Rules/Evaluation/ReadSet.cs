namespace IoTGateway.Rules.Evaluation;

/// <summary>What a rule or a derived signal looks at, so that it is looked at again exactly when that changes.</summary>
internal sealed class ReadSet
{
    private readonly SortedSet<int> _slots = [];
    private readonly SortedSet<int> _exact = [];
    private readonly SortedSet<int> _alerts = [];
    private readonly List<(int Slot, double Edge)> _edges = [];

    /// <summary>All slots it reads.</summary>
    public IReadOnlyCollection<int> Slots => _slots;

    /// <summary>Those of which any change of the value matters; of the others only that an edge is crossed.</summary>
    public IReadOnlyCollection<int> ExactSlots => _exact;

    /// <summary>The rules whose alerts it asks for.</summary>
    public IReadOnlyCollection<int> Alerts => _alerts;

    /// <summary>The least values from which on a comparison comes out otherwise, in any order.</summary>
    public IReadOnlyList<(int Slot, double Edge)> Edges => _edges;

    /// <summary>It reads a slot, and any change matters.</summary>
    public void Exact(int slot)
    {
        _slots.Add(slot);
        _exact.Add(slot);
    }

    /// <summary>It reads a slot, whose value it does not look at (<c>is missing</c>).</summary>
    public void Presence(int slot) => _slots.Add(slot);

    /// <summary>It compares a slot, and comes out otherwise from this value on.</summary>
    public void Edge(int slot, double edge)
    {
        _slots.Add(slot);
        _edges.Add((slot, edge));
    }

    /// <summary>It asks whether an alert is active.</summary>
    public void Alert(int rule) => _alerts.Add(rule);
}
