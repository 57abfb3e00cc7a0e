using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using IoTGateway.Queue.Records;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>A rule set as it stands in the log: its version and the files it was made from, so that it can be compiled again at any later time.</summary>
/// <remarks><code>
/// size
///    1  version of this form: 1
///   2+  version of the rule set   (length, UTF-8)
///    4  how many files, little-endian; of each:
///         2+     name             (length, UTF-8)
///         4 + n  length, text in UTF-8
/// </code></remarks>
/// <param name="RuleSetVersion">The <see cref="RuleSet.Version"/>.</param>
/// <param name="Files">The files in their order.</param>
public sealed record RuleSetRecord(string RuleSetVersion, ImmutableArray<RuleFile> Files)
{
    private const byte Version = 1;

    /// <summary>The record of a rule set.</summary>
    public static RuleSetRecord Of(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new RuleSetRecord(rules.Version, rules.Files);
    }

    /// <summary>The body of the log record.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new BodyWriter(buffer);
        writer.WriteByte(Version);
        writer.WriteText(RuleSetVersion);
        writer.WriteUInt32((uint)Files.Length);
        foreach (var file in Files)
        {
            writer.WriteText(file.Name);
            var text = Encoding.UTF8.GetBytes(file.Text);
            writer.WriteUInt32((uint)text.Length);
            writer.WriteBytes(text);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none.</summary>
    public static RuleSetRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"A rule set has version {version} of its form; this version of the gateway knows {Version}.");
        }

        var ruleSetVersion = reader.ReadText();
        var count = reader.ReadUInt32();
        var files = ImmutableArray.CreateBuilder<RuleFile>();
        for (; count > 0; count--)
        {
            files.Add(new RuleFile(reader.ReadText(), Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt32()))));
        }

        return new RuleSetRecord(ruleSetVersion, files.DrainToImmutable());
    }
}
