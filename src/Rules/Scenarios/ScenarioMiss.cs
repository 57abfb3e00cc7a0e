namespace IoTGateway.Rules;

/// <summary>An expectation that was not met.</summary>
/// <param name="Line">The line in which it stands, from 1.</param>
/// <param name="Expected">What was expected, in words.</param>
/// <param name="Found">What happened instead, in words.</param>
/// <param name="TimeLine">The moments around the miss, as a table in lines of text.</param>
public sealed record ScenarioMiss(int Line, string Expected, string Found, string TimeLine);
