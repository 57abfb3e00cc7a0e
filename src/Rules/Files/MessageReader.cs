using System.Collections.Immutable;
using System.Text;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads a message: text, with numbers in braces; <c>{{</c> and <c>}}</c> are braces themselves.</summary>
internal sealed class MessageReader(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    private const int LongestMessage = 500;

    /// <summary>Reads one; null when a mistake was reported.</summary>
    public ImmutableArray<MessageDefinition>? Read(ConfigNode node)
    {
        var text = node.Text;
        if (text.Length > LongestMessage)
        {
            diagnostics.Error(node, Codes.TooLarge, $"a message has at most {LongestMessage} characters", "say what is wrong in one sentence");
            return null;
        }

        var parts = new List<MessageDefinition>();
        var plain = new StringBuilder();
        var good = true;
        for (var at = 0; at < text.Length; at++)
        {
            var twice = at + 1 < text.Length && text[at + 1] == text[at];
            switch (text[at])
            {
                case '{' or '}' when twice:
                    plain.Append(text[at++]);
                    break;
                case '}':
                    diagnostics.Error(node, new TextSpan(at, 1), Codes.Syntax, "this brace closes nothing", "write `}}` for a brace in the text");
                    good = false;
                    break;
                case '{':
                    var end = text.IndexOf('}', at);
                    if (end < 0)
                    {
                        diagnostics.Error(
                            node, new TextSpan(at, 1), Codes.Syntax, "this brace is never closed",
                            "close it with `}`, or write `{{` for a brace in the text");
                        return null;
                    }

                    parts.Add(new MessageDefinition(plain.ToString(), null));
                    plain.Clear();
                    if (ReadValue(node, text[(at + 1)..end], at + 1) is { } value)
                    {
                        parts.Add(new MessageDefinition("", value));
                    }
                    else
                    {
                        good = false;
                    }

                    at = end;
                    break;
                default:
                    plain.Append(char.IsControl(text[at]) ? ' ' : text[at]);
                    break;
            }
        }

        parts.Add(new MessageDefinition(plain.ToString().TrimEnd(), null));
        return good ? [.. parts.Where(part => part.Text.Length > 0 || part.Value is not null)] : null;
    }

    private Expression? ReadValue(ConfigNode node, string text, int offset)
    {
        try
        {
            var expression = ExpressionParser.Parse(text);
            return new ExpressionChecker(vocabulary, node, diagnostics, offset).CheckMessageValue(expression) ? expression : null;
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake.Span with { Start = mistake.Span.Start + offset }, mistake.Code, mistake.Message, mistake.Help);
            return null;
        }
    }
}
