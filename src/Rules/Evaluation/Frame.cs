using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What an evaluation sees: the present values of one patient.</summary>
/// <param name="slots">One per signal, then one per derived signal.</param>
/// <param name="trustedOnly">Whether questionable values count as unknown.</param>
internal readonly struct Frame(SlotState[] slots, bool trustedOnly)
{
    /// <summary>One per signal, then one per derived signal.</summary>
    public SlotState[] Slots { get; } = slots;

    /// <summary>Whether questionable values count as unknown.</summary>
    public bool TrustedOnly { get; } = trustedOnly;

    /// <summary>The present value; NaN while it is unknown.</summary>
    public double ValueOf(int slot)
    {
        ref readonly var state = ref Slots[slot];
        return TrustedOnly && state.Quality == Quality.Questionable ? double.NaN : state.Value;
    }
}
