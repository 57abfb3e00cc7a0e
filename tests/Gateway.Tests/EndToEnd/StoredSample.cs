namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>One number in the built-in store.</summary>
public sealed record StoredSample(string Device, long Time, string Signal, string Value, bool MarkedNoValue);
