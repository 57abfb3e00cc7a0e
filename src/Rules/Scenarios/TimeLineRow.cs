namespace IoTGateway.Rules.Scenarios;

/// <summary>One moment of a time line.</summary>
/// <param name="Time">When, from the beginning of the scenario.</param>
/// <param name="Values">What each shown signal sent, in the order of the heads; empty where it sent nothing.</param>
/// <param name="Results">What the rules make of them: of each condition whether it holds, and the alert's state; or a value that was asked for.</param>
internal sealed record TimeLineRow(TimeSpan Time, string[] Values, string[] Results)
{
    /// <summary>Whether a result is another one than in the row before.</summary>
    public bool DiffersFrom(TimeLineRow? before) => before is null || !Results.SequenceEqual(before.Results);
}
