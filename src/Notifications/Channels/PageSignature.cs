using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IoTGateway.Notifications.Channels;

/// <summary>
/// The signature of what is posted, in both directions: HMAC-SHA256 (RFC 2104) with the channel's secret over the timestamp in Unix seconds, a point and the
/// body, in lower-case hex. The timestamp keeps an old message from being sent again by somebody who has seen it.
/// </summary>
internal static class PageSignature
{
    /// <summary>The header of the time of sending, in Unix seconds.</summary>
    public const string TimestampHeader = "IoTGateway-Timestamp";

    /// <summary>The header of the signature: <c>v1=</c> and 64 hex digits.</summary>
    public const string SignatureHeader = "IoTGateway-Signature";

    /// <summary>The header that is there, with <c>true</c>, where an earlier try may have arrived.</summary>
    public const string RepeatHeader = "IoTGateway-Repeat";

    /// <summary>The header of the page's key.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const string Version = "v1=";
    private static readonly TimeSpan SkewAtMost = TimeSpan.FromMinutes(5);

    /// <summary>The value of the header.</summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(unixSeconds.ToString(CultureInfo.InvariantCulture) + "."));
        hash.AppendData(body);
        return Version + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether the body was signed with the secret within the last minutes.</summary>
    public static bool IsValid(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((double)now.ToUnixTimeSeconds() - seconds) <= SkewAtMost.TotalSeconds
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, seconds, body)), Encoding.ASCII.GetBytes(signature ?? ""));
}
