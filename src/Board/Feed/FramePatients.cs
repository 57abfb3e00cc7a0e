using System.Buffers;

namespace IoTGateway.Board.Feed;

/// <summary>The patients of a frame, in the order of its tiles. The JSON of each is made when somebody first asks for it, once for all who do.</summary>
/// <param name="Json">The JSON of each in UTF-8.</param>
internal sealed record FramePatients(IReadOnlyList<Lazy<ReadOnlyMemory<byte>>> Json)
{
    /// <summary>
    /// Writes <c>patients</c> with all of them where beds came or went since a frame, else <c>change</c> with those that changed:
    /// <c>{"header":{…},"patients":[…]}</c>. With a patient only that one.
    /// </summary>
    public void WriteEvent(IBufferWriter<byte> output, long seen, BoardFrame frame, string? patient)
    {
        var whole = seen < frame.LayoutSince;
        output.Write(whole ? "event: patients\ndata: {\"header\":"u8 : "event: change\ndata: {\"header\":"u8);
        output.Write(frame.Header.Span);
        output.Write(",\"patients\":["u8);
        var wanted = Enumerable.Range(0, frame.Tiles.Count).Where(place =>
            (whole || frame.Tiles[place].ChangedIn > seen) && (patient is null || frame.Snapshot.Tiles[place].Patient == patient));
        BoardFrame.WriteList(output, wanted.Select(place => Json[place].Value));
        output.Write("]}\n\n"u8);
    }
}
