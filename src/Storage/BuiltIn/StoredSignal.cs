namespace IoTGateway.Storage.BuiltIn;

/// <summary>A signal that has a column in the built-in store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsLetter">Whether its values are letters; otherwise numbers.</param>
public readonly record struct StoredSignal(string Id, bool IsLetter);
