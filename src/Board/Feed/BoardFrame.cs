using System.Buffers;
using IoTGateway.Alerts;

namespace IoTGateway.Board.Feed;

/// <summary>The board at one moment, ready to be sent. Immutable, shared by all pages.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="LayoutSince">The frame in which tiles last came, went or changed places.</param>
/// <param name="Header">The header's JSON in UTF-8.</param>
/// <param name="Tiles">The tiles in their fixed order.</param>
/// <param name="Snapshot">What it was made of; its tiles stand in the same order.</param>
/// <param name="Alerts">The alerts, for those who follow them alone.</param>
/// <param name="Patients">The patients, for those who follow them as the interface tells them.</param>
internal sealed record BoardFrame(
    long Number, long LayoutSince, ReadOnlyMemory<byte> Header, IReadOnlyList<FrameTile> Tiles, WardSnapshot Snapshot, FrameAlerts Alerts, FramePatients Patients)
{
    /// <summary>
    /// Writes the event for a page that has seen an older frame (0: none): <c>ward</c> with all tiles where the page's layout is not this one, else
    /// <c>change</c> with the tiles that changed. Both carry the header: <c>{"header":{…},"tiles":[…]}</c>. JSON has no bare line breaks, so one data line is enough.
    /// </summary>
    public void WriteEvent(IBufferWriter<byte> output, long seen)
    {
        var whole = seen < LayoutSince;
        output.Write(whole ? "event: ward\ndata: {\"header\":"u8 : "event: change\ndata: {\"header\":"u8);
        output.Write(Header.Span);
        output.Write(",\"tiles\":["u8);
        WriteList(output, Tiles.Where(tile => whole || tile.ChangedIn > seen).Select(tile => tile.Json));
        output.Write("]}\n\n"u8);
    }

    /// <summary>Writes values of JSON with commas between them.</summary>
    public static void WriteList(IBufferWriter<byte> output, IEnumerable<ReadOnlyMemory<byte>> values)
    {
        var first = true;
        foreach (var value in values)
        {
            if (!first)
            {
                output.Write(","u8);
            }

            output.Write(value.Span);
            first = false;
        }
    }
}
