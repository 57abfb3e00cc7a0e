using System.Text.Json;
using IoTGateway.Board.Ports;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;

namespace IoTGateway.Hosting;

/// <summary>What devices have said of themselves, read from the log as far as it is kept and then carried on; safe from any thread.</summary>
internal sealed class BoardDevices(DurableLog log) : IDeviceDetails
{
    private const string RulesDeadLetters = "dead-letters/rules";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DeviceDetails> _known = new(StringComparer.Ordinal);
    private LogPosition? _read;

    /// <inheritdoc/>
    public IReadOnlyList<DeviceDetails> All()
    {
        lock (_gate)
        {
            using var reader = log.OpenReader(_read is { } place && place >= log.Start ? place : log.Start, RecordKinds.Of(RecordKind.DeviceStatus, RecordKind.ClockOffset));
            while (reader.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    Take(record);
                }
            }

            _read = reader.Position;
            return [.. _known.Values];
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceReject>> RejectsAsync(int atMost, CancellationToken cancellation) => Task.Run<IReadOnlyList<DeviceReject>>(
        () =>
        {
            var newest = new Queue<DeviceReject>();
            using var reader = log.OpenReader(log.Start, RecordKinds.Of(RecordKind.DeadLetter));
            while (!cancellation.IsCancellationRequested && reader.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    // The rules meet every reading first; what they cannot read no sink can.
                    if (record.Topic?.Name != RulesDeadLetters)
                    {
                        continue;
                    }

                    var letter = DeadLetterRecord.Read(record.Body);
                    newest.Enqueue(new DeviceReject(DeviceOf(letter.Topic) ?? "", letter.Topic, new Instant(letter.TimeUnixMilliseconds), letter.Reason));
                    if (newest.Count > atMost)
                    {
                        newest.Dequeue();
                    }
                }
            }

            cancellation.ThrowIfCancellationRequested();
            return [.. newest.Reverse()];
        },
        cancellation);

    private static string? DeviceOf(string topic) => topic.Split('/') is ["devices", var device, ..] ? device : null;

    private void Take(in LogRecord record)
    {
        if (record.Kind == RecordKind.ClockOffset)
        {
            var read = ClockOffsetRecord.Read(record.Body);
            Note(read.Device, known => known with { ClockOffset = read.Offset });
        }
        else if (record.Topic is { } topic && DeviceOf(topic.Name) is { } device)
        {
            TakeStatus(device, PublishRecord.Read(record.Body).Payload, new Instant(record.TimeUnixMilliseconds));
        }
    }

    private void TakeStatus(string device, ReadOnlySpan<byte> payload, Instant time)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            var root = document.RootElement;
            var firmware = root.TryGetProperty("fw", out var fw) && fw.ValueKind == JsonValueKind.String ? fw.GetString() : null;
            var battery = root.TryGetProperty("battery", out var percent) && percent.ValueKind == JsonValueKind.Number ? percent.GetDouble() : (double?)null;
            var says = root.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String;
            bool? online = !says ? null : state.ValueEquals("online") ? true : state.ValueEquals("offline") ? false : null;
            Note(device, known => known with
            {
                Firmware = firmware ?? known.Firmware,
                BatteryPercent = battery ?? known.BatteryPercent,
                StateSince = says ? time : known.StateSince,
                Online = says ? online : known.Online,
            });
        }
        catch (JsonException)
        {
            // What a device says of itself need not be JSON; then nothing is known.
        }
    }

    private void Note(string device, Func<DeviceDetails, DeviceDetails> change) =>
        _known[device] = change(_known.GetValueOrDefault(device) ?? new DeviceDetails(device, null, null, null, null));
}
