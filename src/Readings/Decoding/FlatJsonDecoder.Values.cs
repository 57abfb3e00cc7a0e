using System.Text;
using System.Text.Json;

namespace IoTGateway.Readings.Decoding;

/// <content>The values of signals.</content>
internal sealed partial class FlatJsonDecoder
{
    /// <summary>Decodes the value of a signal, at whose name the reader stands.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>null, a text that means as much (<see cref="QualityWord.MeansNoValue"/>), a sentinel: no value.</item>
    /// <item>A number, also in a text: the value in the signal's unit.</item>
    /// <item>A letter: one of <see cref="Signal.Letters"/>, upper or lower case; the value is its character code.</item>
    /// <item>A switch: true, false, "on", "off", or a flow, of which anything above 0 is on and a negative one no value; the value is 1 or 0.</item>
    /// <item><c>{"v":72,"q":"questionable"}</c>: one of these and how the device rates it (<see cref="QualityWord.Parse"/>).</item>
    /// <item>Anything else, numbers beyond the range of a double too, is not understood: no value, and counted as unreadable.</item>
    /// </list>
    /// </remarks>
    private void DecodeSignal(ref Utf8JsonReader reader, Signal signal, ref ReadingProgress progress)
    {
        reader.Read();
        var ofDevice = Quality.Valid;
        var isUnderstood = reader.TokenType == JsonTokenType.StartObject
            ? TryReadRatedValue(ref reader, signal, progress.Batch, out var value, out ofDevice)
            : TryReadValue(ref reader, signal, out value);
        if (isUnderstood)
        {
            progress.HasUnderstoodValue = true;
        }
        else
        {
            progress.UnreadableSignal ??= signal;
            progress.Batch.UnreadableValues++;
        }

        Add(new SignalValue(signal, value, SignalJudge.Judge(signal, value, ofDevice)), ref progress);
    }

    /// <summary>
    /// Adds a value to the reading. Where the signal has another value already, nothing tells which is right: the later one counts, as questionable at
    /// best, so that it may raise an alert but never clears one.
    /// </summary>
    private void Add(in SignalValue added, ref ReadingProgress progress)
    {
        var values = progress.Reading.Values;
        ref var metInReading = ref _metInReading[added.Signal.Index];
        if (metInReading != _readingNumber)
        {
            metInReading = _readingNumber;
            values.Add(added);
            return;
        }

        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Signal == added.Signal && values[index] != added)
            {
                progress.Batch.ContradictingMembers++;
                values[index] = added with { Quality = Worse(added.Quality, Quality.Questionable) };
            }
        }
    }

    private bool TryReadRatedValue(ref Utf8JsonReader reader, Signal signal, ReadingBatch batch, out double value, out Quality ofDevice)
    {
        value = double.NaN;
        ofDevice = Quality.Valid;
        var isUnderstood = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.ValueSpan)
            {
                case [(byte)'v' or (byte)'V']:
                    reader.Read();
                    isUnderstood = TryReadValue(ref reader, signal, out value);
                    break;
                case [(byte)'q' or (byte)'Q']:
                    reader.Read();
                    ofDevice = ReadQuality(ref reader);
                    break;
                default:
                    batch.UnknownMembers++;
                    reader.Skip();
                    break;
            }
        }

        // "Invalid" without a number is a complete statement.
        return isUnderstood || ofDevice == Quality.NoValue;
    }

    private Quality ReadQuality(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Quality.Valid;
            case JsonTokenType.String when TryReadText(ref reader, out var word):
                return QualityWord.Parse(word);
            default:
                reader.Skip();
                return Quality.Questionable;
        }
    }

    private bool TryReadValue(ref Utf8JsonReader reader, Signal signal, out double value)
    {
        value = double.NaN;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number:
                return TryTakeNumber(reader.ValueSpan, signal, out value);
            case JsonTokenType.True or JsonTokenType.False when signal.Form == SignalForm.Switch:
                value = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return true;
            case JsonTokenType.String when TryReadText(ref reader, out var text):
                text = text.Trim(" \t\r\n"u8);
                return QualityWord.MeansNoValue(text)
                    || (signal.Form == SignalForm.Letter && TryTakeLetter(text, signal, out value))
                    || (signal.Form == SignalForm.Switch && TryTakeSwitch(text, out value))
                    || TryTakeNumber(text, signal, out value);
            default:
                reader.Skip();
                return false;
        }
    }

    private static bool TryTakeNumber(ReadOnlySpan<byte> text, Signal signal, out double value)
    {
        if (signal.Form == SignalForm.Letter || !NumberText.TryParse(text, out value) || !double.IsFinite(value))
        {
            value = double.NaN;
            return false;
        }

        if (signal.Form == SignalForm.Switch)
        {
            value = SignalJudge.ToSwitch(value);
        }

        return true;
    }

    private static bool TryTakeLetter(ReadOnlySpan<byte> text, Signal signal, out double value)
    {
        value = double.NaN;
        if (text.Length != 1)
        {
            return false;
        }

        foreach (var letter in signal.Letters)
        {
            if (char.ToUpperInvariant(letter) == char.ToUpperInvariant((char)text[0]))
            {
                value = letter;
                return true;
            }
        }

        return false;
    }

    private static bool TryTakeSwitch(ReadOnlySpan<byte> text, out double value)
    {
        var isOn = Ascii.EqualsIgnoreCase(text, "on"u8) || Ascii.EqualsIgnoreCase(text, "true"u8);
        var isOff = Ascii.EqualsIgnoreCase(text, "off"u8) || Ascii.EqualsIgnoreCase(text, "false"u8);
        value = isOn ? 1 : isOff ? 0 : double.NaN;
        return isOn || isOff;
    }

    private static Quality Worse(Quality left, Quality right) => left > right ? left : right;
}
