using System.Globalization;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// The extremes of readings that came late, in words for the tile: "while offline: lowest SpO2 82 %". A late reading never raises an alert,
/// so this is how a person learns of it. Begins anew with the first late reading after a live one.
/// </summary>
internal sealed class LateNote
{
    // Nobody can say yet that it was seen, so it goes by itself.
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(30);

    private readonly SortedDictionary<string, Extremes> _signals = new(StringComparer.Ordinal);
    private Instant _received;
    private bool _liveSince;

    public void Add(Reading reading)
    {
        if (_liveSince)
        {
            _signals.Clear();
            _liveSince = false;
        }

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

    public void LiveReadingCame() => _liveSince = true;

    public string? Text(Instant now)
    {
        if (_signals.Count == 0 || now - _received > ShownFor)
        {
            return null;
        }

        return "while offline: " + string.Join(", ", _signals.Select(pair => pair.Value.Text(lowestOnly: pair.Key == "spo2")));
    }

    /// <summary>8 received, 1 live since, 2 count; of each: 2+ id, 2+ name, 2+ unit, 1 decimals, 8 low, 8 high (bits of the double).</summary>
    public void Save(BodyWriter writer)
    {
        writer.WriteInt64(_received.UnixMilliseconds);
        writer.WriteByte(_liveSince ? (byte)1 : (byte)0);
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
        _liveSince = reader.ReadByte() == 1;
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
