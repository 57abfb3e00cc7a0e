namespace IoTGateway.Queue;

/// <summary>A set of record kinds: what a consumer subscribes to.</summary>
public readonly record struct RecordKinds
{
    internal RecordKinds(ulong bits) => Bits = bits;

    /// <summary>One bit a kind, as it stands in cursor records.</summary>
    internal ulong Bits { get; }

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
    public bool Contains(RecordKind kind) => (Bits >> (int)kind & 1) != 0;
}
