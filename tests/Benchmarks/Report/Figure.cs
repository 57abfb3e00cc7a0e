namespace IoTGateway.Benchmarks.Report;

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Goal">What is wanted.</param>
/// <param name="Measured">The ratio or figure that is held against the goal: median, least and greatest of the rounds.</param>
/// <param name="IsMet">Whether the median meets the goal.</param>
/// <param name="Details">The figures behind it.</param>
internal sealed record Figure(string What, string Goal, string Measured, bool IsMet, string Details);
