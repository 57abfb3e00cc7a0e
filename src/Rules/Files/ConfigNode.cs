using IoTGateway.Rules.Definitions;
using YamlDotNet.Core;

namespace IoTGateway.Rules.Files;

/// <summary>A piece of a YAML file that knows where it stands.</summary>
/// <param name="source">The file.</param>
/// <param name="kind">Its shape.</param>
/// <param name="start">Its first character in the file.</param>
/// <param name="text">The text; empty for other shapes.</param>
/// <param name="style">How the text is written.</param>
internal sealed class ConfigNode(SourceText source, ConfigKind kind, int start, string text, ScalarStyle style)
{
    /// <summary>The file.</summary>
    public SourceText Source { get; } = source;

    /// <summary>Its shape.</summary>
    public ConfigKind Kind { get; } = kind;

    /// <summary>Its first character in the file.</summary>
    public int Start { get; } = start;

    /// <summary>The text; empty for other shapes.</summary>
    public string Text { get; } = text;

    /// <summary>How the text is written.</summary>
    public ScalarStyle Style { get; } = style;

    /// <summary>The values of a list.</summary>
    public List<ConfigNode> Items { get; } = [];

    /// <summary>The keys of a mapping with their values, in the order of the file. A key that stands twice is here once.</summary>
    public List<KeyValuePair<ConfigNode, ConfigNode>> Entries { get; } = [];

    /// <summary>File and line.</summary>
    public Place Place => new(Source.Name, Source.LineOf(Start));

    /// <summary>How many characters to mark when the whole node is meant: the text within its first line.</summary>
    public int ShownLength => Kind == ConfigKind.Text && Style is ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
        ? Math.Max(1, Text.AsSpan().IndexOf('\n') is var end && end >= 0 ? end : Text.Length + (Style == ScalarStyle.Plain ? 0 : 2))
        : 1;

    /// <summary>The value of a key; null if it is not there.</summary>
    public ConfigNode? Find(string key) => KeyOf(key) is { } found ? Entries.First(entry => entry.Key == found).Value : null;

    /// <summary>The key itself; null if it is not there.</summary>
    public ConfigNode? KeyOf(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key).Key;
}
