namespace IoTGateway.Rules.Scenarios;

/// <summary>What a scenario expects of a signal, a derived signal or a score at a moment.</summary>
/// <param name="Name">Its name, as rules say it.</param>
/// <param name="Low">The number it has to be, or of an incomplete score the least; NaN: it has to be unknown.</param>
/// <param name="High">The same number, or of an incomplete score the greatest.</param>
/// <param name="At">When, from the beginning of the scenario; everything that happens at that moment included.</param>
/// <param name="Line">The line in which it stands, from 1.</param>
internal sealed record ValueExpectation(string Name, double Low, double High, TimeSpan At, int Line);
