namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>A reading the load generator has sent.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Sequence">Its number among the readings of its topic, from 1; stands in the payload.</param>
public sealed record LedgerEntry(string Topic, int Sequence);
