using System.Buffers;

namespace IoTGateway.Board.Feed;

/// <summary>The alerts of a frame. Their JSON is made when somebody first asks for it, once for all who do.</summary>
/// <param name="ChangedIn">The frame in which they last changed.</param>
/// <param name="Json">The JSON of each in UTF-8.</param>
internal sealed record FrameAlerts(long ChangedIn, Lazy<IReadOnlyList<ReadOnlyMemory<byte>>> Json)
{
    /// <summary>Writes <c>alerts</c> where they changed since a frame, else <c>tick</c>: <c>{"header":{…},"alerts":[…]}</c>, a tick without alerts.</summary>
    public void WriteEvent(IBufferWriter<byte> output, long seen, ReadOnlyMemory<byte> header)
    {
        var changed = seen < ChangedIn;
        output.Write(changed ? "event: alerts\ndata: {\"header\":"u8 : "event: tick\ndata: {\"header\":"u8);
        output.Write(header.Span);
        if (changed)
        {
            output.Write(",\"alerts\":["u8);
            BoardFrame.WriteList(output, Json.Value);
            output.Write("]"u8);
        }

        output.Write("}\n\n"u8);
    }
}
