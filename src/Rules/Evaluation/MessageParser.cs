using System.Collections.Immutable;
using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Reads a message: text, with numbers in braces; <c>{{</c> and <c>}}</c> are braces themselves.</summary>
internal static class MessageParser
{
    private const int LongestMessage = 500;

    /// <summary>Reads one; null when a mistake was reported.</summary>
    public static ImmutableArray<MessageDefinition>? Parse(Scope scope, ConfigNode node, DiagnosticBag diagnostics)
    {
        var text = node.Text;
        if (text.Length > LongestMessage)
        {
            diagnostics.Error(node, Codes.TooLarge, $"a message has at most {LongestMessage} characters", "say what is wrong in one sentence");
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<MessageDefinition>();
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
                    var value = ParseValue(scope, node, diagnostics, text[(at + 1)..end], at + 1);
                    good &= value is not null;
                    parts.Add(value ?? new MessageDefinition("", null));
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

    private static MessageDefinition? ParseValue(Scope scope, ConfigNode node, DiagnosticBag diagnostics, string text, int offset)
    {
        try
        {
            var expression = ExpressionParser.Parse(text);
            var binder = new Binder(scope, node, diagnostics, offset);
            if (expression is AgeExpression age)
            {
                var named = binder.BindNumber(new NameExpression(age.NameSpan, age.Name), anyForm: true);
                return named is null ? null : new MessageDefinition("", expression);
            }

            var number = binder.BindNumber(expression, anyForm: true);
            return number is null ? null : new MessageDefinition("", expression);
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake.Span with { Start = mistake.Span.Start + offset }, mistake.Code, mistake.Message, mistake.Help);
            return null;
        }
    }
}
