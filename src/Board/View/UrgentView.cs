namespace IoTGateway.Board.View;

/// <summary>One entry of the strip of urgent alerts.</summary>
/// <param name="Key">The tile it belongs to.</param>
/// <param name="Place">The bed, or the device.</param>
/// <param name="Episode">The alert's episode.</param>
/// <param name="Priority">"high" or "medium".</param>
/// <param name="Mark">The mark beside the colour.</param>
/// <param name="Text">Name and comparison.</param>
/// <param name="Since">Since when, Unix milliseconds.</param>
/// <param name="Calls">Whether it calls for somebody; one that was acknowledged or silenced stands behind those that do.</param>
/// <param name="Note">What else matters: "NOBODY REACHED", "silenced", "acknowledged"; null for nothing.</param>
internal sealed record UrgentView(string Key, string Place, string Episode, string Priority, string Mark, string Text, long Since, bool Calls, string? Note);
