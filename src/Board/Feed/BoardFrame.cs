using System.Buffers;

namespace IoTGateway.Board.Feed;

/// <summary>The board at one moment, ready to be sent. Immutable, shared by all pages.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="LayoutSince">The frame in which tiles last came, went or changed places.</param>
/// <param name="Header">The header's JSON in UTF-8.</param>
/// <param name="Tiles">The tiles in their fixed order.</param>
internal sealed record BoardFrame(long Number, long LayoutSince, ReadOnlyMemory<byte> Header, IReadOnlyList<FrameTile> Tiles)
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
        var first = true;
        foreach (var tile in Tiles)
        {
            if (!whole && tile.ChangedIn <= seen)
            {
                continue;
            }

            if (!first)
            {
                output.Write(","u8);
            }

            output.Write(tile.Json.Span);
            first = false;
        }

        output.Write("]}\n\n"u8);
    }
}
