namespace IoTGateway.Rules.Definitions;

/// <summary>A named number with the range anybody may ever set it to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The number where nothing overrides it.</param>
/// <param name="AllowedLow">The least it may be set to; negative infinity where the file does not say.</param>
/// <param name="AllowedHigh">The greatest it may be set to; infinity where the file does not say.</param>
/// <param name="Place">Where it is declared.</param>
internal sealed record LimitDefinition(string Name, double Value, double AllowedLow, double AllowedHigh, Place Place);
