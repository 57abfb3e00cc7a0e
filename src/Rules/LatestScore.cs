namespace IoTGateway.Rules;

/// <summary>A score of a patient, as rules see it: a derived signal that adds points, for example NEWS2.</summary>
/// <param name="Id">Its name in the rule files, for example <c>news2</c>.</param>
/// <param name="Name">Its name as people read it.</param>
/// <param name="Lowest">The total; where parameters are missing or too old, what it is at least.</param>
/// <param name="Highest">What it is at most; the same where it is complete.</param>
/// <param name="HighestPart">The most points that a single parameter is known to give.</param>
public readonly record struct LatestScore(string Id, string Name, double Lowest, double Highest, double HighestPart);
