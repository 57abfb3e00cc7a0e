using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Copying;

/// <summary>How far a copy has come.</summary>
/// <param name="Last">The last row that is dealt with.</param>
/// <param name="Copied">Rows copied so far.</param>
/// <param name="Refused">Rows the target has refused so far.</param>
public sealed record CopyPlace(StorePlace Last, long Copied, long Refused);
