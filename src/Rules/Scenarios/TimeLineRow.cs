namespace IoTGateway.Rules.Scenarios;

/// <summary>One moment of a time line.</summary>
/// <param name="Time">When, from the beginning of the scenario.</param>
/// <param name="Values">What each shown signal sent, in the order of the heads; empty where it sent nothing.</param>
/// <param name="Conditions">Of each condition whether it holds: true, false or unknown.</param>
/// <param name="State">The alert's state and marks.</param>
internal sealed record TimeLineRow(TimeSpan Time, string[] Values, string[] Conditions, string State)
{
    /// <summary>Whether a condition or the state is another one than in the row before.</summary>
    public bool DiffersFrom(TimeLineRow? before) => before is null || State != before.State || !Conditions.SequenceEqual(before.Conditions);
}
