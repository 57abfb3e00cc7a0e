using IoTGateway.Alerts;

namespace IoTGateway.Board.View;

/// <summary>Puts an early-warning score into the words of the ward (RCP 2017, NEWS2 chart 4).</summary>
internal static class ScorePainter
{
    private const int MediumFrom = 5;
    private const int HighFrom = 7;

    /// <summary>The band in words. A score that is not complete never says that the risk is low.</summary>
    public static string Band(ScoreView score) => score.Lowest switch
    {
        >= HighFrom => "high",
        >= MediumFrom => "medium",
        _ when score.SingleThree => "low-medium",
        _ when score.IsComplete => "low",
        _ => "incomplete",
    };

    /// <summary>"7", or "at least 3" where parameters are missing.</summary>
    public static string Total(ScoreView score) => score.IsComplete
        ? score.Lowest.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\u2265 {score.Lowest}");
}
