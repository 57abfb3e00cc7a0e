using System.Buffers;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Escalation;

/// <content>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    8  number of the newest alert event
///    8  number of the newest page
///    4  how many episodes, in ordinal order; of each:
///         2+     episode                                    (length, UTF-8)
///         4 + n  length, body of its newest event (AlertEventRecord); 0: unknown
///         1      1 if it is over
///         8      number of the event with which it began to call; 0: it does not
///         8      when that was, Unix milliseconds
///         8 + 8  the same of the newest raise
///         4 + n  length, body of its newest step (PageRecord); 0: none
///    4  how many pages, by number; of each:
///         4 + n  length, body (PageRecord)
///         1      state (PageState)
///         8      since when
///         2+     why                                        (length, UTF-8)
///         1      1: on its way, + 2: may have arrived, + 4: handed on
///    4  how many pages of the last minute, oldest first; of each:
///         8      when
///         2+     channel                                    (length, UTF-8)
///         2+     patient                                    (length, UTF-8)
/// </code>
/// </content>
public sealed partial class EscalationLedger
{
    private const int LongestReasonBytes = 4_000;

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteInt64(EventNumber);
        body.WriteInt64(PageCount);
        body.WriteUInt32((uint)_calls.Count);
        foreach (var call in _calls.Values)
        {
            body.WriteText(call.Episode);
            WriteLong(body, call.Last is { } last ? AlertEventRecord.Write(last) : []);
            body.WriteByte(call.HasEnded ? (byte)1 : (byte)0);
            body.WriteInt64(call.Call);
            body.WriteInt64(call.CallAt.UnixMilliseconds);
            body.WriteInt64(call.Raise);
            body.WriteInt64(call.RaiseAt.UnixMilliseconds);
            WriteLong(body, call.Step is { } step ? PageRecord.Write(step) : []);
        }

        body.WriteUInt32((uint)_pages.Count);
        foreach (var fact in _pages.Values.OrderBy(fact => fact.Page.Number))
        {
            WriteLong(body, PageRecord.Write(fact.Page));
            body.WriteByte((byte)fact.State);
            body.WriteInt64(fact.StateAt.UnixMilliseconds);
            body.WriteText(fact.Reason.Length > LongestReasonBytes / 4 ? fact.Reason[..(LongestReasonBytes / 4)] : fact.Reason);
            body.WriteByte((byte)((fact.IsOnItsWay ? 1 : 0) + (fact.MayHaveArrived ? 2 : 0) + (fact.IsHandedOn ? 4 : 0)));
        }

        body.WriteUInt32((uint)_recent.Count);
        foreach (var (at, channel, patient) in _recent)
        {
            body.WriteInt64(at.UnixMilliseconds);
            body.WriteText(channel);
            body.WriteText(patient);
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        _calls.Clear();
        _pages.Clear();
        _recent.Clear();
        var body = new BodyReader(state);
        EventNumber = body.ReadInt64();
        PageCount = body.ReadInt64();
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            var call = Add(body.ReadText());
            call.Last = ReadLong(ref body) is { IsEmpty: false } last ? AlertEventRecord.Read(last) : null;
            call.HasEnded = body.ReadByte() == 1;
            (call.Call, call.CallAt) = (body.ReadInt64(), new Instant(body.ReadInt64()));
            (call.Raise, call.RaiseAt) = (body.ReadInt64(), new Instant(body.ReadInt64()));
            call.Step = ReadLong(ref body) is { IsEmpty: false } step ? PageRecord.Read(step).Step : null;
        }

        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            var fact = new PageFact(PageRecord.Read(ReadLong(ref body)).Page ?? throw new InvalidDataException("A page of the checkpoint is none."))
            {
                State = (PageState)body.ReadByte(),
                StateAt = new Instant(body.ReadInt64()),
                Reason = body.ReadText(),
            };
            var flags = body.ReadByte();
            (fact.IsOnItsWay, fact.MayHaveArrived, fact.IsHandedOn) = ((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
            _pages.Add(fact.Page.Key, fact);
            foreach (var item in fact.Page.Items)
            {
                _calls.GetValueOrDefault(item.Episode)?.Pages.Add(fact);
            }
        }

        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            _recent.Enqueue((new Instant(body.ReadInt64()), body.ReadText(), body.ReadText()));
        }
    }

    private static void WriteLong(BodyWriter writer, byte[] bytes)
    {
        writer.WriteUInt32((uint)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static ReadOnlySpan<byte> ReadLong(ref BodyReader reader) => reader.ReadBytes((int)reader.ReadUInt32());
}
