using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>What other rules would do to one alert.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="Priority">Its priority now; of one that would be raised, the one it would have.</param>
/// <param name="Ward">Where.</param>
/// <param name="Bed">Where; empty for a device at no bed.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Why">In words; empty where nothing changes.</param>
public sealed record AlertEffect(AlertEffectKind Kind, string Alert, AlertPriority Priority, string Ward, string Bed, string Patient, string Why);
