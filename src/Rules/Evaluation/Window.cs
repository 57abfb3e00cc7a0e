using IoTGateway.Rules.Engine;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// A window of one patient with its panes. A pane stands at the place of its number modulo 30; one without a sample holds 0 (with a count of 0)
/// or NaN. Sums are kept in whole thousandths, so that they are exact and the order of samples does not matter.
/// </summary>
internal readonly ref struct Window
{
    private const double Thousandths = 1000;

    private readonly WindowInfo _info;
    private readonly ref WindowState _state;
    private readonly Span<double> _panes;
    private readonly Span<ushort> _counts;

    /// <summary>Puts together what belongs together.</summary>
    public Window(WindowInfo info, ref WindowState state, double[] panes, ushort[] counts)
    {
        _info = info;
        _state = ref state;
        _panes = panes.AsSpan(info.FirstPane, WindowInfo.Panes);
        _counts = info.Kind == WindowKind.Sums ? counts.AsSpan(info.FirstCount, WindowInfo.Panes) : default;
    }

    /// <summary>When its oldest pane goes; <see cref="SlotState.None"/> while it holds nothing.</summary>
    public long Due => _state.Oldest == SlotState.None ? SlotState.None
        : SlotState.Later(_state.Oldest * _info.PaneLength, WindowInfo.Panes * _info.PaneLength);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _state = WindowState.Empty(_info.Kind);
        _panes.Fill(_state.Total);
        _counts.Clear();
    }

    /// <summary>Moves on to an instant; panes that are too old go. Returns whether any sample went.</summary>
    public bool MoveTo(long now)
    {
        // The usual case without a division.
        if (_state.Head != SlotState.Never && (ulong)(now - (_state.Head * _info.PaneLength)) < (ulong)_info.PaneLength)
        {
            return false;
        }

        var head = _info.PaneOf(now);
        if (head <= _state.Head)
        {
            return false;
        }

        _state.Head = head;
        var first = head - WindowInfo.Panes + 1;
        if (_state.Oldest == SlotState.None || _state.Oldest >= first)
        {
            return false;
        }

        Drop(first);
        return true;
    }

    /// <summary>
    /// Adds a valid sample, not later than the instant it was moved to. Returns whether it was: it has to belong to a pane that is held, and one that counts
    /// takes at most 65,535 samples (in a window of a day that is one each 44 ms).
    /// </summary>
    public bool Add(long time, double value)
    {
        if (!Find(time, out var pane, out var place) || (_info.Kind == WindowKind.Sums && _counts[place] == ushort.MaxValue))
        {
            return false;
        }

        _state.Oldest = Math.Min(_state.Oldest, pane);
        if (_info.Kind == WindowKind.Sums)
        {
            var sum = InThousandths(value);
            _panes[place] += sum;
            _counts[place]++;
            _state.Total += sum;
            _state.Count++;
        }
        else
        {
            _panes[place] = Extreme(_panes[place], value);
            _state.Total = Extreme(_state.Total, value);
        }

        return true;
    }

    /// <summary>A sample takes the place of another of the same time; in windows of lowest and highest values both stay.</summary>
    public void Replace(long time, double earlier, double value)
    {
        if (_info.Kind != WindowKind.Sums)
        {
            Add(time, value);
        }
        else if (Find(time, out _, out var place))
        {
            var difference = InThousandths(value) - InThousandths(earlier);
            _panes[place] += difference;
            _state.Total += difference;
        }
    }

    /// <summary>Writes what it holds, without its place.</summary>
    public void Save(StateWriter output)
    {
        output.Int64(_state.Head);
        output.Byte((byte)(_state.HoldsNewest ? 1 : 0));
        var held = 0;
        for (var back = 0; back < WindowInfo.Panes; back++)
        {
            held += IsHeld(Place(_state.Head - back)) ? 1 : 0;
        }

        output.Byte((byte)held);
        for (var back = 0; back < WindowInfo.Panes; back++)
        {
            var place = Place(_state.Head - back);
            if (IsHeld(place))
            {
                output.Byte((byte)back);
                output.Double(_panes[place]);
                if (_info.Kind == WindowKind.Sums)
                {
                    output.Int32(_counts[place]);
                }
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into a window that holds nothing.</summary>
    public void Restore(ref StateReader input)
    {
        var head = input.Int64();
        if (head < long.MinValue / 2 / _info.PaneLength || head > long.MaxValue / 2 / _info.PaneLength)
        {
            throw new InvalidDataException("The engine's state holds a window at no possible time.");
        }

        _state.Head = head;
        _state.HoldsNewest = input.Byte() != 0;
        for (var left = input.Byte(); left > 0; left--)
        {
            var pane = _state.Head - input.Byte();
            var place = Place(pane);
            if (pane <= _state.Head - WindowInfo.Panes || IsHeld(place))
            {
                throw new InvalidDataException("The engine's state holds a pane that its window cannot have.");
            }

            _panes[place] = input.Double();
            _state.Oldest = Math.Min(_state.Oldest, pane);
            if (_info.Kind == WindowKind.Sums)
            {
                var count = input.Int32();
                _counts[place] = count is > 0 and <= ushort.MaxValue ? (ushort)count : throw new InvalidDataException(
                    $"The engine's state holds a pane with {count} samples.");
                _state.Total += _panes[place];
                _state.Count += _counts[place];
            }
            else
            {
                _state.Total = Extreme(_state.Total, _panes[place]);
            }

            if (!IsHeld(place))
            {
                throw new InvalidDataException("The engine's state holds a pane without a sample.");
            }
        }
    }

    private bool IsHeld(int place) => _info.Kind == WindowKind.Sums ? _counts[place] > 0 : !double.IsNaN(_panes[place]);

    private static double InThousandths(double value) => Math.Round(value * Thousandths, MidpointRounding.AwayFromZero);

    private bool Find(long time, out long pane, out int place)
    {
        pane = (ulong)(time - (_state.Head * _info.PaneLength)) < (ulong)_info.PaneLength ? _state.Head : _info.PaneOf(time);
        place = Place(pane);
        return pane > _state.Head - WindowInfo.Panes;
    }

    private void Drop(long first)
    {
        var empty = _info.Kind == WindowKind.Sums ? 0 : double.NaN;
        var end = Math.Min(first, _state.Oldest + WindowInfo.Panes);
        for (var pane = _state.Oldest; pane < end; pane++)
        {
            var place = Place(pane);
            if (_info.Kind == WindowKind.Sums)
            {
                _state.Total -= _panes[place];
                _state.Count -= _counts[place];
                _counts[place] = 0;
            }

            _panes[place] = empty;
        }

        if (_info.Kind != WindowKind.Sums)
        {
            _state.Total = double.NaN;
        }

        _state.Oldest = SlotState.None;
        FindOldest(first);
        if (_state.Oldest == SlotState.None)
        {
            // Whatever the sums were, of nothing it is nothing; and what holds nothing does not hold the newest sample.
            _state.Total = empty;
            _state.Count = 0;
            _state.HoldsNewest = false;
        }
    }

    private void FindOldest(long first)
    {
        for (var pane = _state.Head; pane >= first; pane--)
        {
            var place = Place(pane);
            if (IsHeld(place))
            {
                _state.Oldest = pane;
                if (_info.Kind != WindowKind.Sums)
                {
                    _state.Total = Extreme(_state.Total, _panes[place]);
                }
            }
        }
    }

    /// <summary>The lower or higher of two; NaN stands for none.</summary>
    private double Extreme(double left, double right) =>
        _info.Kind == WindowKind.Lowest ? (left <= right ? left : right) : (left >= right ? left : right);

    private static int Place(long pane)
    {
        var place = (int)(pane % WindowInfo.Panes);
        return place < 0 ? place + WindowInfo.Panes : place;
    }
}
