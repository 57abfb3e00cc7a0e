using System.Collections.Immutable;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Census;

/// <summary>What reading a census file gave.</summary>
/// <param name="Census">Who is where; null if there is any error.</param>
/// <param name="Diagnostics">All errors and warnings, in the order of the file.</param>
public sealed record CensusFileResult(WardCensus? Census, ImmutableArray<Diagnostic> Diagnostics);
