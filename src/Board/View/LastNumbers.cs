using IoTGateway.Readings;

namespace IoTGateway.Board.View;

/// <summary>
/// The last number of each cell that was one, so that a tile can say "last 97 % at 14:02" when the sensor is off. Holds what the present
/// tiles show and nothing else: what was not noted in a round is forgotten. Used by one thread.
/// </summary>
internal sealed class LastNumbers
{
    private Dictionary<(string Tile, string Cell), (string Text, Instant Time)> _before = [];
    private Dictionary<(string Tile, string Cell), (string Text, Instant Time)> _now = [];

    /// <summary>Begins a round; what the round before did not note is forgotten.</summary>
    public void BeginRound() => (_before, _now) = (_now, []);

    /// <summary>Notes a number that was shown.</summary>
    public void Note(string tile, string cell, string text, Instant time) => _now[(tile, cell)] = (text, time);

    /// <summary>The last number noted, which stays noted; null if there was none.</summary>
    public (string Text, Instant Time)? Recall(string tile, string cell)
    {
        if (!_before.TryGetValue((tile, cell), out var last))
        {
            return null;
        }

        _now[(tile, cell)] = last;
        return last;
    }
}
