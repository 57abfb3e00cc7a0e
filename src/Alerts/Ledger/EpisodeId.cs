using IoTGateway.Readings;

namespace IoTGateway.Alerts.Ledger;

/// <summary>The id of an episode: when it began and which episode of the ledger it is, both in base 32, for example "1hgsvs58k-4".</summary>
/// <remarks>
/// It follows from the log alone, so that the same inputs give the same ids. The number makes it unique within a log, the time keeps it
/// from meeting the ids of an earlier log of the same gateway. The alphabet leaves out i, l, o and u, which people misread (Crockford).
/// </remarks>
internal static class EpisodeId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Of(Instant began, long number) => Base32(began.UnixMilliseconds) + "-" + Base32(number);

    private static string Base32(long number)
    {
        Span<char> digits = stackalloc char[13];
        var rest = (ulong)number;
        var at = digits.Length;
        do
        {
            digits[--at] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
        while (rest != 0);

        return new string(digits[at..]);
    }
}
