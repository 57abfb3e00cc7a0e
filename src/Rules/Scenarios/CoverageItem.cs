namespace IoTGateway.Rules;

/// <summary>Something that scenarios ought to show.</summary>
/// <param name="Kind">Of what kind.</param>
/// <param name="Name">What, for example the alert, the limit, or the row of a score table.</param>
/// <param name="IsCovered">Whether a scenario has shown it.</param>
public sealed record CoverageItem(CoverageKind Kind, string Name, bool IsCovered);
