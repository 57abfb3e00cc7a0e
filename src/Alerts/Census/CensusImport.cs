using IoTGateway.Readings;

namespace IoTGateway.Alerts.Census;

/// <summary>A census file that waits: it differs from what people have done at the board, and nobody has said which of the two counts.</summary>
/// <param name="Since">Since when it waits.</param>
/// <param name="Differences">What would change, a sentence each.</param>
public sealed record CensusImport(Instant Since, IReadOnlyList<string> Differences);
