namespace IoTGateway.Rules.Definitions;

/// <summary>Another derived signal in the place of one: <c>use: { spo2_points: spo2_scale_2 }</c>. Not followed further: what replaces is not replaced.</summary>
/// <param name="Derived">The derived signal that is named by rules and sums.</param>
/// <param name="Instead">The one that is computed in its place.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record UseOverride(string Derived, string Instead, Place Place);
