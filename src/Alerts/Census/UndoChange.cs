namespace IoTGateway.Alerts.Census;

/// <summary>A change was wrong. It is corrected from its time on; the record of it stays.</summary>
/// <param name="Change">The <see cref="CensusStep.Id"/>; the newest change that touched these beds.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record UndoChange(long Change, string Reason) : CensusOrder;
