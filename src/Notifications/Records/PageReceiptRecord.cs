using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Records;

/// <summary>The body of a receipt in the log (topic <c>page-receipts/{channel}</c>).</summary>
/// <remarks>
/// One JSON object in UTF-8 without line breaks; members that are false, 0 or null are left out:
/// <code>
/// {"v":1,"key":"1hq…-9","channel":"pager",
///  "state":"failed",                            "sending" (written before the try), "sent", "delivered", "failed", "dropped", "given up"
///  "at":1700000000000,"reason":"…",             Unix ms; in words
///  "mayHaveArrived":true}                       of a failed try: the receiver may have taken it
/// </code>
/// </remarks>
public static class PageReceiptRecord
{
    private const int Version = 1;

    /// <summary>The topic.</summary>
    public static string TopicOf(string channel) => "page-receipts/" + channel;

    /// <summary>The body.</summary>
    public static byte[] Write(PageReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return JsonSerializer.SerializeToUtf8Bytes(
            new ReceiptBody
            {
                V = Version,
                Key = receipt.Key,
                Channel = receipt.Channel,
                State = PageWords.Of(receipt.State),
                At = receipt.At.UnixMilliseconds,
                Reason = receipt.Reason,
                MayHaveArrived = receipt.MayHaveArrived,
            },
            RecordText.Json.ReceiptBody);
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static PageReceipt Read(ReadOnlySpan<byte> body)
    {
        var read = RecordText.Read(body, RecordText.Json.ReceiptBody, "A receipt");
        return read.V == Version
            ? new PageReceipt(read.Key, read.Channel, PageWords.State(read.State), new Instant(read.At), read.Reason, read.MayHaveArrived)
            : throw new InvalidDataException($"A receipt has version {read.V}; this version of the gateway knows {Version}.");
    }
}
