namespace IoTGateway.Alerts.Census;

/// <summary>A device goes to another bed, or to none.</summary>
/// <param name="Device">The device.</param>
/// <param name="Ward">The ward of the bed; empty for none.</param>
/// <param name="Bed">The bed; empty for none.</param>
public sealed record MoveDevice(string Device, string Ward, string Bed) : CensusOrder;
