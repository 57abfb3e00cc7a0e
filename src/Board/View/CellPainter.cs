using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.View;

/// <summary>Turns the newest values of one tile into its cells: heart rate, saturation, respiration, pressure and temperature at fixed places, then the rest.</summary>
/// <param name="tile">The tile.</param>
/// <param name="identity">By whom numbers are remembered: the place and the patient, so that a new patient never shows the last one's.</param>
/// <param name="now">The moment of the snapshot.</param>
/// <param name="clock">Writes the times.</param>
/// <param name="lastNumbers">What was a number before.</param>
/// <param name="gap">The time before the last start in which nobody listened; null for none.</param>
internal sealed class CellPainter(TileView tile, string identity, Instant now, SiteClock clock, LastNumbers lastNumbers, RestartGap? gap = null)
{
    private const string PressureCell = "pressure";
    private const string SecondPressureCell = "pressure-2";

    private readonly Dictionary<string, LatestValue> _values = Latest(tile);
    private readonly List<CellView> _cells = [];
    private readonly HashSet<string> _placed = new(StringComparer.Ordinal);

    /// <summary>The cells in their order.</summary>
    /// <param name="fixedPlaces">Whether the main signals keep their place even if nothing was ever measured.</param>
    public IReadOnlyList<CellView> Paint(bool fixedPlaces)
    {
        var heart = _values.ContainsKey("hr") || !_values.ContainsKey("pulse") ? "hr" : "pulse";
        Place(heart, fixedPlaces ? "/min" : null, traced: true);
        Place("spo2", fixedPlaces ? "%" : null, traced: true);
        Place("rr", fixedPlaces ? "/min" : null, traced: true);
        PlacePressures(fixedPlaces);
        Place("temp", fixedPlaces ? "°C" : null, traced: false);
        foreach (var value in tile.Values)
        {
            var id = value.Signal.Id;
            if (!value.Signal.OfDevice && !_placed.Contains(id) && !PressureNames.Artery.Has(id) && !PressureNames.Cuff.Has(id))
            {
                Place(id, unitIfAbsent: null, traced: false);
            }
        }

        return _cells;
    }

    private static Dictionary<string, LatestValue> Latest(TileView tile)
    {
        var values = new Dictionary<string, LatestValue>(StringComparer.Ordinal);
        foreach (var value in tile.Values)
        {
            values[value.Signal.Id] = value;
        }

        return values;
    }

    private void Place(string id, string? unitIfAbsent, bool traced)
    {
        if (_values.TryGetValue(id, out var value))
        {
            _placed.Add(id);
            _cells.Add(Single(value, traced));
        }
        else if (unitIfAbsent is not null)
        {
            _cells.Add(Absent(id, ShownSignals.Labels[id], unitIfAbsent));
        }
    }

    private void PlacePressures(bool fixedPlaces)
    {
        var artery = Pressure(PressureNames.Artery);
        var cuff = Pressure(PressureNames.Cuff);

        // The line in the artery is the present pressure while it gives one; then the cuff, then whichever is there at all.
        var cuffFirst = cuff is not null && (artery is null || (artery.State != CellState.Fresh && cuff.State == CellState.Fresh));
        var (first, second) = cuffFirst ? (cuff, artery) : (artery, cuff);
        if (first is not null)
        {
            _cells.Add(first);
        }
        else if (fixedPlaces)
        {
            _cells.Add(Absent(PressureCell, "BP", "mmHg"));
        }

        if (second is not null)
        {
            _cells.Add(second with { Id = SecondPressureCell, Trace = null, TraceValue = null });
        }
    }

    private CellView Single(LatestValue value, bool traced)
    {
        var signal = value.Signal;
        var text = ValueReading.TextOf(signal, value.Value);
        var state = StateOf(value);
        var shown = state is CellState.Fresh or CellState.Stale;
        var cell = new CellView
        {
            Id = signal.Id,
            Label = ShownSignals.Labels.GetValueOrDefault(signal.Id) ?? (signal.Name.Length > 0 ? signal.Name : signal.Id),
            Text = shown ? text : ValueReading.NoNumber,
            Unit = ValueReading.UnitOf(signal),
            State = state,
            Questionable = shown && value.Quality == Quality.Questionable,
            Trace = traced ? signal.Id : null,
            TraceValue = traced && state != CellState.None ? value.Value : null,
        };
        return WithTime(cell, signal.Id, text, value.Time);
    }

    private CellView? Pressure(PressureNames names)
    {
        var systolic = Find(names.Systolic);
        var diastolic = Find(names.Diastolic);
        var mean = Find(names.Mean);
        List<LatestValue> parts = [.. new[] { systolic, diastolic, mean }.OfType<LatestValue>()];
        if (parts.Count == 0)
        {
            return null;
        }

        // One part without a number (a flushed line) takes away the whole: half a pressure misleads. The oldest part gives the age.
        var meanAlone = systolic is null && diastolic is null;
        var state = parts.Max(StateOf);
        var shown = state is CellState.Fresh or CellState.Stale;
        var text = meanAlone ? TextOf(mean) : diastolic is null ? TextOf(systolic) : $"{TextOf(systolic)}/{TextOf(diastolic)}";
        var traced = meanAlone ? mean : systolic;
        var cell = new CellView
        {
            Id = PressureCell,
            Label = meanAlone ? names.Label + " mean" : names.Label,
            Text = shown ? text : ValueReading.NoNumber,
            Extra = shown && !meanAlone && mean is not null ? $"({TextOf(mean)})" : null,
            Unit = ValueReading.UnitOf(parts[0].Signal),
            State = state,
            Questionable = shown && parts.Any(part => part.Quality == Quality.Questionable),
            Trace = traced?.Signal.Id,
            TraceValue = traced is { Quality: not Quality.NoValue } known && double.IsFinite(known.Value) ? known.Value : null,
        };
        return WithTime(cell, names.Label, text, parts.Min(part => part.Time));
    }

    private CellState StateOf(LatestValue value)
    {
        var state = ValueReading.StateOf(value, now);
        return state == CellState.Fresh && gap?.IsBefore(value.Signal, value.Time) == true ? CellState.Stale : state;
    }

    private LatestValue? Find(string id) => _values.TryGetValue(id, out var value) ? value : null;

    private static string TextOf(LatestValue? value) =>
        value is { Quality: not Quality.NoValue } known ? ValueReading.TextOf(known.Signal, known.Value) : ValueReading.NoNumber;

    private CellView WithTime(CellView cell, string memory, string text, Instant time)
    {
        var number = ValueReading.WithUnit(text, cell.Unit);
        if (cell.State != CellState.None)
        {
            lastNumbers.Note(identity, memory, number, time);
        }

        var note = cell.State switch
        {
            CellState.Fresh => null,
            CellState.Stale => "at " + clock.Short(time, now) + (gap is not null && time < gap.To ? ", before the restart" : ""),
            CellState.Expired => $"last {number} at {clock.Short(time, now)}",
            _ => lastNumbers.Recall(identity, memory) is { } last
                ? $"last {last.Text} at {clock.Short(last.Time, now)}"
                : $"no value at {clock.Short(time, now)}",
        };
        return cell with { Time = time.UnixMilliseconds, Note = note };
    }

    private static CellView Absent(string id, string label, string unit) => new()
    {
        Id = id,
        Label = label,
        Text = ValueReading.NoNumber,
        Unit = unit,
        State = CellState.None,
        Note = "no value yet",
    };
}
