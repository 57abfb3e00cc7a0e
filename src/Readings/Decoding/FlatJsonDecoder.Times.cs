using System.Buffers.Text;
using System.Text.Json;

namespace IoTGateway.Readings.Decoding;

/// <content>When and in which order: <c>ts</c> and <c>seq</c>.</content>
internal sealed partial class FlatJsonDecoder
{
    private void DecodeTime(ref Utf8JsonReader reader, ref ReadingProgress progress)
    {
        reader.Read();
        var position = progress.Begin + reader.TokenStartIndex;
        var fault = DeviceTimeFault.NotATime;
        var time = default(Instant);
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.Number:
                fault = DeviceTime.FromNumber(reader.ValueSpan, out time);
                break;
            case JsonTokenType.String when TryReadText(ref reader, out var text):
                fault = DeviceTime.FromText(text, out time);
                break;
            default:
                reader.Skip();
                break;
        }

        if (fault != DeviceTimeFault.None)
        {
            progress.Fault ??= PayloadFault.Time(fault, position);
            return;
        }

        if (progress.Reading.DeviceTime is { } earlier && earlier != time)
        {
            progress.Fault ??= PayloadFault.TwoTimes(position);
        }

        progress.Reading.DeviceTime = time;
    }

    private void DecodeSequence(ref Utf8JsonReader reader, ref ReadingProgress progress)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out var sequence):
                progress.Reading.Sequence = sequence;
                return;
            case JsonTokenType.String when TryReadText(ref reader, out var text) && Utf8Parser.TryParse(text, out long sequence, out var length)
                && length == text.Length:
                progress.Reading.Sequence = sequence;
                return;
            case JsonTokenType.Null:
                return;
            default:
                progress.Batch.UnknownMembers++;
                reader.Skip();
                return;
        }
    }
}
