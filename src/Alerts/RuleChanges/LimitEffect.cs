namespace IoTGateway.Alerts;

/// <summary>A limit set at the bedside that would end under other rules.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Value">The value it was set to.</param>
/// <param name="By">Who set it.</param>
/// <param name="Ward">Where.</param>
/// <param name="Bed">Where; empty for a device at no bed.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Why">In words.</param>
public sealed record LimitEffect(string Limit, double Value, string By, string Ward, string Bed, string Patient, string Why);
