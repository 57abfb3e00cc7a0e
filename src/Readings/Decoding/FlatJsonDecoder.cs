using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IoTGateway.Readings.Decoding;

/// <summary>
/// Decodes flat JSON: <c>{"ts":1700000000512,"seq":7,"hr":72}</c>, <c>{"ts":...,"values":{"hr":72}}</c>, or an array of such objects. Not thread-safe.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>ts</c>: when it was measured, see <see cref="DeviceTime"/>; null or absent: not said. A <c>ts</c> that cannot be understood refuses its
/// reading: with the receive time in its place, old data would pass for live.</item>
/// <item><c>seq</c>: the device's counter, a whole number; anything else is counted as unknown.</item>
/// <item><c>alarms</c>: the device's own alarms, an array of texts or one text.</item>
/// <item><c>patient</c>: ignored; the census decides.</item>
/// <item>A signal, by id or alias: see <see cref="DecodeSignal"/>. Named twice with two different values, the later one counts, as questionable.</item>
/// </list>
/// The names are taken in upper and lower case alike. Objects and arrays of members nobody knows are passed over whole.
/// A byte order mark before the text and the zero bytes that C programs leave behind it are not part of it.
/// </remarks>
internal sealed partial class FlatJsonDecoder : IPayloadDecoder
{
    /// <summary>What JSON nests deeper is refused; the deepest form above needs 4 levels.</summary>
    public const int DeepestNesting = 32;

    // Signal names have at most 64 bytes; each may be written as an escape of six.
    private const int LongestEscapedName = 6 * 64;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = DeepestNesting };

    private readonly SignalCatalogue _catalogue;
    private readonly byte[] _unescaped = new byte[LongestEscapedName];

    // For each signal the number of the reading in which it was last met: tells a second member of the same reading without searching or clearing.
    private readonly long[] _metInReading;
    private long _readingNumber;
    private TimeSpan _clockOffset;

    public FlatJsonDecoder(SignalCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        _catalogue = catalogue;
        _metInReading = new long[catalogue.Signals.Length];
    }

    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> payload, Instant received, TimeSpan clockOffset, ReadingBatch batch)
    {
        _clockOffset = clockOffset;
        var begin = payload.StartsWith("\uFEFF"u8) ? 3 : 0;
        var text = payload[begin..].TrimEnd((byte)0);
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return PayloadFault.Empty;
        }

        if (!Utf8.IsValid(text))
        {
            return text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF])
                ? PayloadFault.Utf16()
                : PayloadFault.NotUtf8(begin + FirstByteThatIsNotUtf8(text));
        }

        var reader = new Utf8JsonReader(text, ReaderOptions);
        string? reason;
        try
        {
            reason = DecodePayload(ref reader, text, begin, received, batch);
        }
        catch (JsonException fault)
        {
            // The text of the exception repeats characters of the payload; only its place may leave.
            var position = PositionOf(fault, text);
            reason = position >= text.Length ? PayloadFault.EndsTooEarly(begin + position)
                : OpenLevels(reader) == DeepestNesting && text[position] is (byte)'{' or (byte)'[' ? PayloadFault.TooDeep(DeepestNesting)
                : PayloadFault.NotJson(begin + position);
        }

        if (reason is not null)
        {
            batch.Clear();
        }

        return reason;
    }

    private string? DecodePayload(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int begin, Instant received, ReadingBatch batch)
    {
        reader.Read();
        var elements = 1;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                DecodeReading(ref reader, begin, received, batch);
                break;
            case JsonTokenType.StartArray:
                for (elements = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; elements++)
                {
                    if (elements == ReadingDecoder.ReadingsAtMost)
                    {
                        return PayloadFault.TooManyReadings(begin + reader.TokenStartIndex);
                    }

                    DecodeElement(ref reader, begin, received, batch);
                }

                break;
            default:
                return PayloadFault.NeitherObjectNorArray(begin + reader.TokenStartIndex);
        }

        // Reads past the end, so that anything behind the reading is found: nothing but white space may stand there.
        reader.Read();
        if (elements == 0)
        {
            return PayloadFault.EmptyArray;
        }

        if (batch.Count > 0)
        {
            return null;
        }

        var reason = elements == 1 ? batch.FirstRejection! : PayloadFault.NoneOf(elements, batch.FirstRejection!);
        var look = PayloadFormats.Sniff(text);
        return look == PayloadFormat.FlatJson ? reason : PayloadFault.LooksLike(reason, look);
    }

    private void DecodeElement(ref Utf8JsonReader reader, int begin, Instant received, ReadingBatch batch)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            DecodeReading(ref reader, begin, received, batch);
            return;
        }

        batch.Reject(PayloadFault.ElementIsNoObject(begin + reader.TokenStartIndex));
        reader.Skip();
    }

    /// <summary>Decodes the object at whose brace the reader stands, and leaves it at the closing one.</summary>
    private void DecodeReading(ref Utf8JsonReader reader, int begin, Instant received, ReadingBatch batch)
    {
        var position = begin + reader.TokenStartIndex;
        var reading = batch.Add();
        var progress = new ReadingProgress { Batch = batch, Reading = reading, Begin = begin };
        _readingNumber++;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            DecodeMember(ref reader, ref progress, isWithinValues: false);
        }

        if (progress.Fault is null && !progress.HasUnderstoodValue && !reading.ReportsAlarms)
        {
            progress.Fault = progress.UnreadableSignal is { } signal
                ? PayloadFault.NoReadableValue(position, signal)
                : PayloadFault.NoKnownSignal(position);
        }

        if (progress.Fault is not null)
        {
            batch.RemoveLast();
            batch.Reject(progress.Fault);
            return;
        }

        reading.ReceivedTime = received;
        reading.CorrectedTime = ReadingTime.Correct(reading.DeviceTime, received, _clockOffset);
    }

    /// <summary>Decodes the member at whose name the reader stands, and leaves it at the end of the member's value.</summary>
    private void DecodeMember(ref Utf8JsonReader reader, ref ReadingProgress progress, bool isWithinValues)
    {
        if (!TryReadText(ref reader, out var name))
        {
            SkipUnknown(ref reader, ref progress);
            return;
        }

        switch (name.Length)
        {
            case 2 when !isWithinValues && Ascii.EqualsIgnoreCase(name, "ts"u8):
                DecodeTime(ref reader, ref progress);
                return;
            case 3 when !isWithinValues && Ascii.EqualsIgnoreCase(name, "seq"u8):
                DecodeSequence(ref reader, ref progress);
                return;
            case 6 when !isWithinValues && Ascii.EqualsIgnoreCase(name, "values"u8):
                DecodeValues(ref reader, ref progress);
                return;
            case 6 when Ascii.EqualsIgnoreCase(name, "alarms"u8):
                DecodeAlarms(ref reader, ref progress);
                return;
            case 7 when Ascii.EqualsIgnoreCase(name, "patient"u8):
                reader.Skip();
                return;
        }

        if (_catalogue.Find(name) is { } signal)
        {
            DecodeSignal(ref reader, signal, ref progress);
            return;
        }

        SkipUnknown(ref reader, ref progress);
    }

    private void DecodeValues(ref Utf8JsonReader reader, ref ReadingProgress progress)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            progress.Fault ??= PayloadFault.ValuesAreNoObject(progress.Begin + reader.TokenStartIndex);
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            DecodeMember(ref reader, ref progress, isWithinValues: true);
        }
    }

    private static void SkipUnknown(ref Utf8JsonReader reader, ref ReadingProgress progress)
    {
        progress.Batch.UnknownMembers++;
        reader.Skip();
    }

    /// <summary>The name or string at which the reader stands, without escapes; false if it is longer than anything known, or holds half a surrogate pair.</summary>
    private bool TryReadText(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        if (text.Length > _unescaped.Length)
        {
            return false;
        }

        try
        {
            text = _unescaped.AsSpan(0, reader.CopyString(_unescaped));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>How many objects and arrays are open; the reader does not count one at whose opening it stands.</summary>
    private static int OpenLevels(in Utf8JsonReader reader) =>
        reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    private static int FirstByteThatIsNotUtf8(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out var length) == OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }

    /// <summary>The place of a fault in bytes from the beginning; the exception tells it by line.</summary>
    private static int PositionOf(JsonException fault, ReadOnlySpan<byte> text)
    {
        var position = 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            position += text[position..].IndexOf((byte)'\n') + 1;
        }

        return position + (int)(fault.BytePositionInLine ?? 0);
    }
}
