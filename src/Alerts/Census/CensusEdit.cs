using IoTGateway.Alerts.Orders;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Census;

/// <summary>What comes of an order: another census, or why not.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Words">What was done, without a full stop; or a sentence that says why it was not.</param>
internal sealed record CensusEdit(OrderOutcome Outcome, string Words)
{
    /// <summary>Who is where from then on; null where nothing changes.</summary>
    public WardCensus? Census { get; init; }

    /// <summary>What kind of change it is.</summary>
    public CensusNoteKind Kind { get; init; }

    public static CensusEdit Refused(string sentence) => new(OrderOutcome.Refused, sentence);

    public static CensusEdit Unknown(string sentence) => new(OrderOutcome.Unknown, sentence);
}
