using System.Globalization;

namespace IoTGateway.Rules.Language;

/// <summary>Cuts an expression into words.</summary>
internal static class ExpressionLexer
{
    /// <summary>Longer expressions are refused: nobody can review them.</summary>
    public const int LongestExpression = 2_000;

    /// <summary>Nothing at a bedside is larger.</summary>
    private const double LargestNumber = 1e12;

    /// <summary>Cuts the whole text. Throws <see cref="ExpressionException"/> at the first sign the language does not have.</summary>
    public static List<Token> Cut(string text)
    {
        if (text.Length > LongestExpression)
        {
            throw new ExpressionException(
                Codes.TooLarge, $"an expression has at most {LongestExpression} characters, this one has {text.Length}", new TextSpan(0, 1),
                "name parts of it under `derive:`");
        }

        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", new TextSpan(at, 1)));
                return tokens;
            }

            var token = Next(text, at);
            tokens.Add(token);
            at = token.Span.End;
        }
    }

    private static Token Next(string text, int at)
    {
        var first = text[at];
        if (char.IsAsciiDigit(first))
        {
            return Number(text, at);
        }

        if (char.IsLetter(first) || first == '_')
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            return new Token(TokenKind.Word, text[at..end], new TextSpan(at, end - at));
        }

        if (first == '"')
        {
            var end = text.IndexOf('"', at + 1);
            return end > 0
                ? new Token(TokenKind.Text, text[(at + 1)..end], new TextSpan(at, end + 1 - at))
                : throw new ExpressionException(Codes.Syntax, "the text has no closing quote", new TextSpan(at, text.Length - at));
        }

        var two = at + 1 < text.Length ? text.Substring(at, 2) : "";
        if (Foreign(two) is { } instead)
        {
            throw new ExpressionException(Codes.Character, $"the language has no `{two}`", new TextSpan(at, 2), $"write `{instead}`");
        }

        if (two is "<=" or ">=" or "!=" or "..")
        {
            return new Token(TokenKind.Sign, two, new TextSpan(at, 2));
        }

        if (first is '<' or '>' or '=' or '+' or '-' or '*' or '/' or '(' or ')' or ',')
        {
            return new Token(TokenKind.Sign, first.ToString(), new TextSpan(at, 1));
        }

        throw new ExpressionException(
            Codes.Character, $"the language has no `{Shown(text, at)}`", new TextSpan(at, 1),
            Foreign(first.ToString()) is { } word ? $"write `{word}`" : null);
    }

    private static Token Number(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        var digits = text[at..end];
        if (end + 1 < text.Length && text[end] == ',' && char.IsAsciiDigit(text[end + 1]))
        {
            throw new ExpressionException(
                Codes.Number, "decimals are written with a point", new TextSpan(end, 1), $"write `{digits}.{text[end + 1]}`");
        }

        var value = double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (value > LargestNumber)
        {
            throw new ExpressionException(Codes.Number, "this number is too large", new TextSpan(at, end - at));
        }

        var unitAt = end;
        while (unitAt < text.Length && text[unitAt] == ' ')
        {
            unitAt++;
        }

        var unit = Units.At(text.AsSpan(unitAt));
        if (unit.Length > 0)
        {
            return new Token(TokenKind.Number, digits, new TextSpan(at, unitAt + unit.Length - at), value, unit);
        }

        if (end < text.Length && (char.IsLetter(text[end]) || text[end] == '_'))
        {
            var wordEnd = end;
            while (wordEnd < text.Length && char.IsLetter(text[wordEnd]))
            {
                wordEnd++;
            }

            if (Durations.UnitMeant(text[end..wordEnd]) is { } time)
            {
                throw new ExpressionException(
                    Codes.Duration, $"`{text[end..wordEnd]}` is no unit of time", new TextSpan(end, wordEnd - end), $"write `{digits} {time}`");
            }

            throw new ExpressionException(
                Codes.Unit, "what stands behind the number is no unit", new TextSpan(end, 1),
                "units are for example `%`, `bpm`, `mmHg`, `°C`; a name cannot begin with a digit");
        }

        return new Token(TokenKind.Number, digits, new TextSpan(at, end - at), value);
    }

    /// <summary>What people write who come from a programming language.</summary>
    private static string? Foreign(string sign) => sign switch
    {
        "==" => "=",
        "<>" or "!" => sign == "!" ? "not" : "!=",
        "=<" => "<=",
        "=>" => ">=",
        "&&" or "&" => "and",
        "||" or "|" => "or",
        "≤" => "<=",
        "≥" => ">=",
        "≠" => "!=",
        "×" or "·" => "*",
        "÷" or ":" => "/",
        "−" or "–" => "-",
        "[" or "{" => "(",
        "]" or "}" => ")",
        _ => null,
    };

    private static string Shown(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? text.Substring(at, 2)
        : char.IsControl(text[at]) || char.IsSurrogate(text[at]) ? $"U+{(int)text[at]:X4}"
        : text[at].ToString();
}
