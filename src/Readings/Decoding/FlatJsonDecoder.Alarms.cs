using System.Text;
using System.Text.Json;

namespace IoTGateway.Readings.Decoding;

/// <content>The device's own alarms.</content>
internal sealed partial class FlatJsonDecoder
{
    /// <summary>Alarms of one reading; a monitor shows a handful. Those beyond are counted as unknown members.</summary>
    public const int AlarmsAtMost = 32;

    /// <summary>Stands for an alarm whose text cannot be read: that there is one must not be lost.</summary>
    public const string UnreadableAlarm = "unreadable alarm";

    private readonly AlarmTexts _alarmTexts = new();
    private readonly char[] _alarmText = new char[512];

    /// <summary>Decodes <c>alarms</c>, at whose name the reader stands: an array of texts or codes, or one text.</summary>
    private void DecodeAlarms(ref Utf8JsonReader reader, ref ReadingProgress progress)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String:
                progress.Reading.ReportsAlarms = true;
                AddAlarm(ReadAlarm(ref reader), ref progress);
                return;
            case JsonTokenType.StartArray:
                progress.Reading.ReportsAlarms = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    AddAlarm(ReadAlarm(ref reader), ref progress);
                }

                return;
            default:
                progress.Batch.UnknownMembers++;
                reader.Skip();
                return;
        }
    }

    private static void AddAlarm(string alarm, ref ReadingProgress progress)
    {
        var alarms = progress.Reading.DeviceAlarms;
        if (alarm.Length == 0 || alarms.Contains(alarm))
        {
            return;
        }

        if (alarms.Count == AlarmsAtMost)
        {
            progress.Batch.UnknownMembers++;
            return;
        }

        alarms.Add(alarm);
    }

    /// <summary>The text of the alarm at which the reader stands; empty where there is none.</summary>
    private string ReadAlarm(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return "";
            case JsonTokenType.Number when reader.ValueSpan.Length <= AlarmTexts.LongestText:
                return _alarmTexts.Of(_alarmText.AsSpan(0, Encoding.ASCII.GetChars(reader.ValueSpan, _alarmText)));
            case JsonTokenType.String:
                try
                {
                    // A character takes at least one byte of the payload, so a short text fits into the buffer.
                    return reader.ValueSpan.Length <= _alarmText.Length
                        ? _alarmTexts.Of(_alarmText.AsSpan(0, reader.CopyString(_alarmText)))
                        : _alarmTexts.Of(reader.GetString()!.ToCharArray());
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair, written as an escape.
                    return UnreadableAlarm;
                }

            default:
                reader.Skip();
                return UnreadableAlarm;
        }
    }
}
