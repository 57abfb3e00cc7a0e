namespace IoTGateway.Storage.Copying;

/// <summary>What a copy has done, over all its starts.</summary>
/// <param name="Copied">Rows copied; those that hold nothing the target could keep are counted, too.</param>
/// <param name="Refused">Rows the target has refused for good.</param>
/// <param name="Reasons">The first refusals since this start: device, time, and the server's words, which may quote the reading.</param>
public sealed record CopyResult(long Copied, long Refused, IReadOnlyList<string> Reasons);
