namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Where engine and oracle part.</summary>
/// <param name="Input">The place of the input behind which they differ.</param>
/// <param name="Text">Both sides, for people.</param>
internal sealed record Difference(int Input, string Text);
