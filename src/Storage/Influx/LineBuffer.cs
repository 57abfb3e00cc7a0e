using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Storage.Influx;

/// <summary>
/// Rows as line protocol in UTF-8, one after another in a buffer that is used again, with the place of each line, so that a part of them
/// can be sent alone.
/// </summary>
/// <remarks>
/// <c>vitals,bed=ICU-1,device=m3,patient=p7,ward=ICU hr=72,spo2=97,quality="spo2=questionable" 1700000000000</c>: tags sorted by name, empty ones
/// left out; a float field per signal that has a number (letters: a string); <c>quality</c> only where something is not valid; the corrected
/// time in milliseconds. The same row always gives the same line, so that one that is sent twice is stored once.
/// A field cannot be taken back by writing. What a person has taken back therefore keeps its number, and <c>quality</c> says <c>temp=retracted</c>; a line of an
/// observation always has the field <c>quality</c>, empty where all is valid, so that it says what counts now whatever stood there before.
/// </remarks>
internal sealed class LineBuffer : IDisposable
{
    private const int SizeAtFirst = 1 << 16;
    private static readonly SearchValues<char> Escaped = SearchValues.Create(",= \n\r\t");

    private readonly byte[] _measurement;
    private readonly List<Line> _lines = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SizeAtFirst);
    private int _length;

    public LineBuffer(string measurement)
    {
        var name = new StringBuilder();
        foreach (var character in measurement)
        {
            name.Append(character is ',' or ' ' ? "\\" + character : character.ToString());
        }

        _measurement = Encoding.UTF8.GetBytes(name.ToString());
    }

    /// <summary>How many lines it holds.</summary>
    public int LineCount => _lines.Count;

    /// <summary>Size of all lines.</summary>
    public int SizeBytes => _length;

    /// <summary>Adds a row; one without any field gives no line.</summary>
    /// <param name="rowIndex">The row's place in its batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="values">Its values.</param>
    public void Add(int rowIndex, in ReadingRow row, ReadOnlySpan<SignalValue> values)
    {
        var start = _length;
        Write(_measurement);
        WriteTag(",bed="u8, row.Assignment.Bed);
        WriteTag(",device="u8, row.Device);
        WriteTag(",patient="u8, row.Assignment.Patient);
        WriteTag(",ward="u8, row.Assignment.Ward);
        if (!WriteFields(values, ObservationTopic.IsDevice(row.Device)))
        {
            _length = start;
            return;
        }

        Write(" "u8);
        WriteNumber(row.Time.UnixMilliseconds);
        Write("\n"u8);
        _lines.Add(new Line(rowIndex, start, _length - start));
    }

    /// <summary>Some of the lines, as they are sent. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> Lines(int first, int count)
    {
        var (start, last) = (_lines[first].Start, _lines[first + count - 1]);
        return _bytes.AsMemory(start, last.Start + last.Length - start);
    }

    /// <summary>Whether a line begins so. A server that quotes a line may cut it off, and may end it with dots then.</summary>
    public bool BeginsWith(int line, string text) =>
        _bytes.AsSpan(_lines[line].Start, _lines[line].Length).StartsWith(Encoding.UTF8.GetBytes(text.TrimEnd('.', '…', '\n')));

    /// <summary>Which row of the batch a line came from.</summary>
    public int RowOf(int line) => _lines[line].RowIndex;

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        _lines.Clear();
        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private bool WriteFields(ReadOnlySpan<SignalValue> values, bool alwaysQuality)
    {
        var separator = " "u8;
        foreach (var value in values)
        {
            if (!double.IsFinite(value.Value))
            {
                continue;
            }

            Write(separator);
            WriteEscaped(value.Signal.Id);
            Write("="u8);
            if (value.Signal.Form == SignalForm.Letter)
            {
                WriteString([(char)value.Value]);
            }
            else
            {
                WriteNumber(value.Value);
            }

            separator = ","u8;
        }

        if ((QualityText.Of(values) ?? (alwaysQuality ? "" : null)) is { } quality)
        {
            Write(separator);
            Write("quality="u8);
            WriteString(quality);
            separator = ","u8;
        }

        return separator[0] == ',';
    }

    private void WriteTag(ReadOnlySpan<byte> start, string value)
    {
        // A backslash at the end would escape what follows the tag, and there is no way to write it.
        var text = value.AsSpan().TrimEnd('\\');
        if (!text.IsEmpty)
        {
            Write(start);
            WriteEscaped(text);
        }
    }

    /// <summary>Writes a tag value or field key: comma, equals sign and space get a backslash, line ends and tabs become two characters.</summary>
    private void WriteEscaped(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Escaped);
            if (plain < 0)
            {
                WriteUtf8(text);
                return;
            }

            WriteUtf8(text[..plain]);
            Write(text[plain] switch
            {
                ',' => "\\,"u8,
                '=' => "\\="u8,
                ' ' => "\\ "u8,
                '\n' => "\\n"u8,
                '\r' => "\\r"u8,
                _ => "\\t"u8,
            });
            text = text[(plain + 1)..];
        }
    }

    /// <summary>Writes the value of a string field, in quotes.</summary>
    private void WriteString(ReadOnlySpan<char> text)
    {
        Write("\""u8);
        while (text.IndexOfAny('"', '\\') is >= 0 and var plain)
        {
            WriteUtf8(text[..plain]);
            Write("\\"u8);
            WriteUtf8(text.Slice(plain, 1));
            text = text[(plain + 1)..];
        }

        WriteUtf8(text);
        Write("\""u8);
    }

    private void WriteUtf8(ReadOnlySpan<char> text)
    {
        // Half a surrogate pair becomes U+FFFD: the server wants UTF-8.
        Utf8.FromUtf16(text, Room(text.Length * 3), out _, out var written);
        _length += written;
    }

    private void WriteNumber<T>(T value)
        where T : IUtf8SpanFormattable
    {
        const int LongestNumber = 32;
        value.TryFormat(Room(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(_length);
    }

    private readonly record struct Line(int RowIndex, int Start, int Length);
}
