namespace IoTGateway.Queue;

/// <summary>A set of record kinds: what a consumer subscribes to.</summary>
public readonly struct RecordKinds
{
    private readonly ulong _bits;

    private RecordKinds(ulong bits) => _bits = bits;

    /// <summary>Every kind.</summary>
    public static RecordKinds All => new(ulong.MaxValue);

    /// <summary>Just these kinds.</summary>
    public static RecordKinds Of(params ReadOnlySpan<RecordKind> kinds)
    {
        var bits = 0UL;
        foreach (var kind in kinds)
        {
            bits |= 1UL << (int)kind;
        }

        return new RecordKinds(bits);
    }

    /// <summary>Whether the kind is in the set.</summary>
    public bool Contains(RecordKind kind) => (_bits >> (int)kind & 1) != 0;
}
