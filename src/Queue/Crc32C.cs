using System.Numerics;
using System.Runtime.InteropServices;

namespace IoTGateway.Queue;

/// <summary>CRC-32C (Castagnoli), as in iSCSI (RFC 3720); one instruction a word on processors that have it.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of bytes, going on from an earlier part's checksum (0 at the beginning).</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var single in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
