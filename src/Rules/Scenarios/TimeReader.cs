using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads the moments and spans of a scenario.</summary>
internal sealed class TimeReader(DiagnosticBag diagnostics)
{
    /// <summary>A time, if the key is there; null also where a mistake was reported.</summary>
    public TimeSpan? Time(MappingReader reader, string key) => reader.Text(key) is { } node ? Parse(node, 0, node.Text) : null;

    /// <summary>One time, or two with <c>..</c> between them; null where a mistake was reported.</summary>
    public (TimeSpan From, TimeSpan To)? Range(ConfigNode node)
    {
        if (node.Kind != ConfigKind.Text)
        {
            diagnostics.Error(node, Codes.Shape, "a time is wanted here", "write for example `at: 97 s` or `at: 97 s .. 99 s`");
            return null;
        }

        var dots = node.Text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return Parse(node, 0, node.Text) is { } at ? (at, at) : null;
        }

        var (from, to) = (Parse(node, 0, node.Text[..dots]), Parse(node, dots + 2, node.Text[(dots + 2)..]));
        if (from > to)
        {
            diagnostics.Error(node, Codes.Range, "the range is empty: it ends before it begins", "write the earlier time first");
            return null;
        }

        return from is null || to is null ? null : (from.Value, to.Value);
    }

    private TimeSpan? Parse(ConfigNode node, int start, string text)
    {
        try
        {
            return Durations.Parse(text);
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, new TextSpan(start + mistake.Span.Start, mistake.Span.Length), mistake.Code, mistake.Message, mistake.Help);
            return null;
        }
    }
}
