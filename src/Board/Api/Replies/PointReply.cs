namespace IoTGateway.Board.Api.Replies;

/// <summary>One point of a series: a value, or several that fall into one interval.</summary>
/// <param name="Time">When the first of them was measured, in Unix milliseconds (a series may have 10,000 points).</param>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
/// <param name="Average">The mean.</param>
/// <param name="Questionable">True where any of them is doubtful, else absent.</param>
/// <param name="Late">True where any of them came more than 60 s after it was measured, else absent.</param>
internal sealed record PointReply(long Time, double Low, double High, double Average, bool? Questionable, bool? Late);
