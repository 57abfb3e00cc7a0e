using IoTGateway.Rules.Language;
using YamlDotNet.Core;

namespace IoTGateway.Rules.Files;

/// <summary>Says in plain words where YAML has tripped somebody up.</summary>
internal static class YamlTraps
{
    /// <summary>The first line that is indented with a tab; null if there is none.</summary>
    public static Diagnostic? FindTab(SourceText source)
    {
        for (var line = 1; line <= source.LineCount; line++)
        {
            var text = source.Line(line);
            var first = text.AsSpan().IndexOfAnyExcept(' ', '\t');
            var tab = text.AsSpan(0, Math.Max(first, 0)).IndexOf('\t');
            if (tab >= 0 && text[first] != '#')
            {
                return source.At(
                    source.StartOf(line) + tab, 1, true, Codes.Tab, "this line is indented with a tab",
                    "YAML is indented with spaces; set the editor to insert spaces");
            }
        }

        return null;
    }

    /// <summary>
    /// What to do if a text ends in the middle because YAML has cut it at a comma: <c>{ when: average(spo2, 1 min) &lt; 90 }</c>. Null if that is not so.
    /// </summary>
    public static string? CutAtComma(ConfigNode node)
    {
        var end = node.Start + node.Text.Length;
        return node.Style == ScalarStyle.Plain && end < node.Source.Text.Length && node.Source.Text[end] == ','
            && node.Text.Count(character => character == '(') > node.Text.Count(character => character == ')')
            ? "within `{ }` and `[ ]` a text with a comma has to stand in quotes, or YAML ends it there"
            : null;
    }

    /// <summary>The diagnostic of a file that is not YAML.</summary>
    public static Diagnostic Explain(SourceText source, YamlException failure)
    {
        var index = (int)Math.Clamp(failure.Start.Index, 0, source.Text.Length);
        var line = source.Line(source.LineOf(index));
        var (message, help) = Explain(line, source.Text.AsSpan(index), failure.Message);
        return source.At(index, 1, true, Codes.Yaml, message, help);
    }

    private static (string Message, string Help) Explain(string line, ReadOnlySpan<char> rest, string reason)
    {
        var text = line.AsSpan().TrimStart();
        if (rest.StartsWith(">") || rest.StartsWith("|"))
        {
            return ($"`{rest[0]}` at the beginning of a value means a block of text in YAML", "put the value or key in quotes, for example `\">= 25\"`");
        }

        if (rest.StartsWith("%") || rest.StartsWith("@") || rest.StartsWith("`"))
        {
            return ($"in YAML a text cannot begin with `{rest[0]}`", "put the text in quotes");
        }

        if (text.StartsWith("message:") || text.StartsWith("alert:") || text.StartsWith("- alert:"))
        {
            return ("this text holds signs that mean something in YAML (`:` or `{`)", "put the whole text in quotes, for example `message: \"HR: {hr}\"`");
        }

        if (reason.Contains("end of stream", StringComparison.Ordinal))
        {
            return ("a quote is opened here and never closed", "close it with the same kind of quote");
        }

        if (reason.Contains("',' or", StringComparison.Ordinal))
        {
            return ("a list or mapping in brackets is not closed before this place", "close it with `]` or `}`, or add the missing comma");
        }

        if (reason.Contains("invalid mapping", StringComparison.Ordinal))
        {
            return (
                "there is a `:` too many, or the line is indented differently from the lines before it",
                "put a text with `: ` in quotes, or align the line with its neighbours");
        }

        if (reason.Contains("did not find expected", StringComparison.Ordinal))
        {
            return ("this line does not fit in here", "align it with its neighbours; keys of one mapping begin in the same column");
        }

        var why = reason.TrimEnd('.');
        return (
            $"this is not YAML: {(why.Length > 0 ? char.ToLowerInvariant(why[0]) + why[1..] : "it cannot be read")}",
            "put texts with special signs in quotes, and align the line with its neighbours");
    }
}
