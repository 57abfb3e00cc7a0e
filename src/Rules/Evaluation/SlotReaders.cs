namespace IoTGateway.Rules.Evaluation;

/// <summary>Who looks at a slot, in one program. Sets are bits: of rules by their place in the order of evaluation, of computed slots by slot.</summary>
internal sealed class SlotReaders
{
    /// <summary>The values from which on some comparison comes out otherwise, rising.</summary>
    public required double[] Edges { get; init; }

    /// <summary>The rules that look at it.</summary>
    public required ulong[] Rules { get; init; }

    /// <summary>Those of them for which any change of the value matters.</summary>
    public required ulong[] RulesOnChange { get; init; }

    /// <summary>The slots that are computed from it directly.</summary>
    public required ulong[] Slots { get; init; }

    /// <summary>Those of them for which any change of the value matters.</summary>
    public required ulong[] SlotsOnChange { get; init; }

    /// <summary>Of a signal: the slots that are known for a time of their own, which a value that is heard again begins anew.</summary>
    public required int[] Aged { get; init; }

    /// <summary>Whether a change of the value within the edges matters to anybody.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Finds the edges between which a value stands.</summary>
    public void Locate(double value, out double below, out double above)
    {
        var next = Array.BinarySearch(Edges, value);
        next = next < 0 ? ~next : next + 1;
        below = next > 0 ? Edges[next - 1] : double.NegativeInfinity;
        above = next < Edges.Length ? Edges[next] : double.PositiveInfinity;
    }
}
