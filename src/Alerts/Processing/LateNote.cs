using System.Globalization;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// The extremes of readings that came late, in words for the tile: "while offline: lowest SpO2 82 %". A late reading never raises an alert,
/// so this is how a person learns of it. It is shown until a person has seen it.
/// </summary>
internal sealed class LateNote
{
    private readonly SortedDictionary<string, Extremes> _signals = new(StringComparer.Ordinal);
    private Instant _received;

    public void Add(Reading reading)
    {
        foreach (var value in reading.Values)
        {
            var signal = value.Signal;
            if (value.Quality != Quality.Valid || signal.OfDevice || signal.Form != SignalForm.Number)
            {
                continue;
            }

            _received = reading.ReceivedTime;
            var extremes = _signals.TryGetValue(signal.Id, out var known)
                ? known
                : new Extremes(signal.Name, signal.UnitShown, signal.Decimals, value.Value, value.Value);
            _signals[signal.Id] = extremes with { Low = Math.Min(extremes.Low, value.Value), High = Math.Max(extremes.High, value.Value) };
        }
    }

    /// <summary>Whether there is something that nobody has seen.</summary>
    public bool IsShown => _signals.Count > 0;

    /// <summary>A person has seen it, at a time. What came after that stays, and so all of it.</summary>
    public void Seen(Instant time)
    {
        if (_received <= time)
        {
            _signals.Clear();
        }
    }

    /// <summary>In words; null for nothing.</summary>
    public string? Text() => IsShown ? "while offline: " + string.Join(", ", _signals.Select(pair => pair.Value.Text(lowestOnly: pair.Key == "spo2"))) : null;

    /// <summary>8 received, 2 count; of each: 2+ id, 2+ name, 2+ unit, 1 decimals, 8 low, 8 high (bits of the double).</summary>
    public void Save(BodyWriter writer)
    {
        writer.WriteInt64(_received.UnixMilliseconds);
        writer.WriteUInt16((ushort)_signals.Count);
        foreach (var (id, extremes) in _signals)
        {
            writer.WriteText(id);
            writer.WriteText(extremes.Name);
            writer.WriteText(extremes.Unit);
            writer.WriteByte((byte)extremes.Decimals);
            writer.WriteInt64(BitConverter.DoubleToInt64Bits(extremes.Low));
            writer.WriteInt64(BitConverter.DoubleToInt64Bits(extremes.High));
        }
    }

    public void Load(ref BodyReader reader)
    {
        _received = new Instant(reader.ReadInt64());
        for (var left = reader.ReadUInt16(); left > 0; left--)
        {
            _signals[reader.ReadText()] = new Extremes(
                reader.ReadText(),
                reader.ReadText(),
                reader.ReadByte(),
                BitConverter.Int64BitsToDouble(reader.ReadInt64()),
                BitConverter.Int64BitsToDouble(reader.ReadInt64()));
        }
    }

    private sealed record Extremes(string Name, string Unit, int Decimals, double Low, double High)
    {
        public string Text(bool lowestOnly)
        {
            var low = Low.ToString("F" + Decimals, CultureInfo.InvariantCulture);
            var high = High.ToString("F" + Decimals, CultureInfo.InvariantCulture);
            var unit = Unit.Length == 0 ? "" : " " + Unit;
            return lowestOnly ? $"lowest {Name} {low}{unit}" : low == high ? $"{Name} {low}{unit}" : $"{Name} {low} to {high}{unit}";
        }
    }
}
