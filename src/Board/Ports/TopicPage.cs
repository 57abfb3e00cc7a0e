namespace IoTGateway.Board.Ports;

/// <summary>A part of the rows that match.</summary>
/// <param name="Matching">How many match in all.</param>
/// <param name="Rows">Those asked for.</param>
public sealed record TopicPage(int Matching, IReadOnlyList<TopicRow> Rows);
