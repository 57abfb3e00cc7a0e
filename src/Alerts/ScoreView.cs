namespace IoTGateway.Alerts;

/// <summary>A score of a patient as the rules see it now, for example NEWS2 (RCP 2017).</summary>
/// <param name="Name">The score's name as people read it.</param>
/// <param name="Lowest">The total; where parameters are missing or too old, what it is at least.</param>
/// <param name="Highest">What it is at most; the same where it is complete.</param>
/// <param name="SingleThree">Whether one parameter alone gives three points.</param>
public sealed record ScoreView(string Name, int Lowest, int Highest, bool SingleThree)
{
    /// <summary>Whether every parameter is there and young enough.</summary>
    public bool IsComplete => Lowest == Highest;
}
