namespace IoTGateway.Board.View;

/// <summary>One entry of the strip of alerts that call for somebody.</summary>
/// <param name="Key">The tile it belongs to.</param>
/// <param name="Place">The bed, or the device.</param>
/// <param name="Episode">The alert's episode.</param>
/// <param name="Priority">"high" or "medium".</param>
/// <param name="Mark">The mark beside the colour.</param>
/// <param name="Text">Name and comparison.</param>
/// <param name="Since">Since when, Unix milliseconds.</param>
internal sealed record UrgentView(string Key, string Place, string Episode, string Priority, string Mark, string Text, long Since);
