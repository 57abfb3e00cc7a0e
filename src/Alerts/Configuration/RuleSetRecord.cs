using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>
/// A step in the life of rule sets as it stands in the log: the set's version and the files it was made from, so that it can be compiled again at
/// any later time, and who did what, when and why.
/// </summary>
/// <remarks>Numbers little-endian:<code>
/// size
///    1  version of this form: 2
///    1  what it does (RuleSetStep)
///    8  when it was decided, Unix milliseconds
///   2+  who decided; empty: the gateway   (length, UTF-8)
///   2+  version of the files on disk while a person has another set put into force; else empty
///    4+n  why, in words, and what was expected to become of the alerts   (length, UTF-8)
///   2+  version of the rule set
///    4  how many files; of each:
///         2+     name             (length, UTF-8)
///         4 + n  length, text in UTF-8
/// </code>
/// Form 1, which is still read, has of these only the version of the form, that of the rule set and the files: such a set came into force.
/// </remarks>
/// <param name="RuleSetVersion">The <see cref="RuleSet.Version"/>; empty where no set is meant.</param>
/// <param name="Files">The files in their order; none where the step needs none.</param>
public sealed record RuleSetRecord(string RuleSetVersion, ImmutableArray<RuleFile> Files)
{
    private const byte Version = 2;
    private const byte VersionWithoutStep = 1;

    /// <summary>What it does.</summary>
    public RuleSetStep Step { get; init; }

    /// <summary>When it was decided; the beginning of Unix time in old records.</summary>
    public Instant At { get; init; } = new(0);

    /// <summary>Who decided; empty for the gateway.</summary>
    public string By { get; init; } = "";

    /// <summary>The version of the files on disk, where a person has had another set put into force; else empty.</summary>
    public string InsteadOf { get; init; } = "";

    /// <summary>Why, in words, and what was expected to become of the alerts.</summary>
    public string Why { get; init; } = "";

    /// <summary>Whether its set comes into force.</summary>
    public bool IsInForce => Step is RuleSetStep.InForce or RuleSetStep.Approved or RuleSetStep.RolledBack;

    /// <summary>The record of a rule set that comes into force.</summary>
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
        writer.WriteByte((byte)Step);
        writer.WriteInt64(At.UnixMilliseconds);
        writer.WriteText(By);
        writer.WriteText(InsteadOf);
        WriteLong(writer, Why);
        writer.WriteText(RuleSetVersion);
        writer.WriteUInt32((uint)Files.Length);
        foreach (var file in Files)
        {
            writer.WriteText(file.Name);
            WriteLong(writer, file.Text);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none.</summary>
    public static RuleSetRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var version = reader.ReadByte();
        if (version is not (Version or VersionWithoutStep))
        {
            throw new InvalidDataException($"A rule set has version {version} of its form; this version of the gateway knows {VersionWithoutStep} and {Version}.");
        }

        var read = new RuleSetRecord("", []);
        if (version == Version)
        {
            var step = (RuleSetStep)reader.ReadByte();
            if (step > RuleSetStep.FilesValid)
            {
                throw new InvalidDataException($"A rule set's record does {(byte)step}, which this version of the gateway does not know.");
            }

            read = read with
            {
                Step = step,
                At = new Instant(reader.ReadInt64()),
                By = reader.ReadText(),
                InsteadOf = reader.ReadText(),
                Why = ReadLong(ref reader),
            };
        }

        var ruleSetVersion = reader.ReadText();
        var count = reader.ReadUInt32();
        var files = ImmutableArray.CreateBuilder<RuleFile>();
        for (; count > 0; count--)
        {
            files.Add(new RuleFile(reader.ReadText(), ReadLong(ref reader)));
        }

        return read with { RuleSetVersion = ruleSetVersion, Files = files.DrainToImmutable() };
    }

    private static void WriteLong(BodyWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.WriteUInt32((uint)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static string ReadLong(ref BodyReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadUInt32()));
}
