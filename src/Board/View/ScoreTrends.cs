using IoTGateway.Alerts;
using IoTGateway.Readings;

namespace IoTGateway.Board.View;

/// <summary>Whether the score of a tile went up or down within the last hour. Remembers what the present tiles show and nothing else; used by one thread.</summary>
internal sealed class ScoreTrends
{
    private static readonly TimeSpan ShownFor = TimeSpan.FromHours(1);

    private Dictionary<string, Step> _before = [];
    private Dictionary<string, Step> _now = [];

    /// <summary>Begins a round; what the round before did not note is forgotten.</summary>
    public void BeginRound() => (_before, _now) = (_now, []);

    /// <summary>Notes the score of a tile, and says where it went: "up", "down" or null.</summary>
    public string? Note(string tile, ScoreView score, Instant now)
    {
        var step = !_before.TryGetValue(tile, out var last) ? new Step(score.Lowest, null, now)
            : last.Total == score.Lowest ? last
            : new Step(score.Lowest, score.Lowest > last.Total ? "up" : "down", now);
        _now[tile] = step;
        return now - step.Since <= ShownFor ? step.Trend : null;
    }

    private sealed record Step(int Total, string? Trend, Instant Since);
}
