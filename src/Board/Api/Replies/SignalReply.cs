namespace IoTGateway.Board.Api.Replies;

/// <summary>One thing that can be measured.</summary>
/// <param name="Id">The signal's id.</param>
/// <param name="Name">The name people read.</param>
/// <param name="Unit">The unit as people write it; empty for none.</param>
/// <param name="Form">"number", "letter" or "switch".</param>
/// <param name="Letters">The letters it may have; absent but for letters.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="PlausibleLow">Below it a value is questionable; absent for no bound.</param>
/// <param name="PlausibleHigh">Above it a value is questionable; absent for no bound.</param>
/// <param name="Observed">Whether the observation form asks for it.</param>
internal sealed record SignalReply(
    string Id,
    string Name,
    string Unit,
    string Form,
    string? Letters,
    int Decimals,
    double? PlausibleLow,
    double? PlausibleHigh,
    bool Observed);
