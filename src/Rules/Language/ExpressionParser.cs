namespace IoTGateway.Rules.Language;

/// <summary>
/// Reads one expression by operator precedence (Pratt). From the loosest to the tightest:
/// <c>or</c>, <c>and</c>, <c>not</c>, comparisons and <c>is</c> (which do not chain), <c>+ -</c>, <c>* /</c>, unary minus.
/// </summary>
internal sealed partial class ExpressionParser
{
    private const string Operand = "a signal, a number or `(`";
    private const int DeepestNesting = 40;
    private const int MostNodes = 400;

    private const int OrStrength = 1;
    private const int AndStrength = 2;
    private const int NotStrength = 3;
    private const int ComparisonStrength = 4;
    private const int SumStrength = 5;
    private const int ProductStrength = 6;
    private const int MinusStrength = 7;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;
    private int _nodes;

    private ExpressionParser(string text)
    {
        _text = text;
        _tokens = ExpressionLexer.Cut(text);
    }

    private Token Current => _tokens[_at];

    /// <summary>Where the word stands that was taken last.</summary>
    private TextSpan Behind => _tokens[_at - 1].Span;

    /// <summary>Reads the whole text as one expression. Throws <see cref="ExpressionException"/> at the first mistake.</summary>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        if (parser.Current.Kind == TokenKind.End)
        {
            throw new ExpressionException(Codes.Syntax, "the expression is empty", new TextSpan(0, 1), "write for example `spo2 < 90`");
        }

        var expression = parser.Read(0);
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected("`and`, `or` or the end");
    }

    private Expression Read(int strength)
    {
        if (++_depth > DeepestNesting)
        {
            throw new ExpressionException(
                Codes.TooLarge, $"an expression nests at most {DeepestNesting} deep", Current.Span, "name parts of it under `derive:`");
        }

        var left = ReadFirst();
        while (StrengthOf(Current) is var next && next > strength)
        {
            left = Count(ReadNext(left, next));
        }

        _depth--;
        return left;
    }

    /// <summary>How tightly an operator binds what stands before it; 0 for what is no operator.</summary>
    private static int StrengthOf(Token token) => token.Kind switch
    {
        TokenKind.Word => token.Text switch
        {
            "or" => OrStrength,
            "and" => AndStrength,
            "is" or "between" => ComparisonStrength,
            _ => 0,
        },
        TokenKind.Sign => token.Text switch
        {
            "+" or "-" => SumStrength,
            "*" or "/" => ProductStrength,
            _ => ComparisonSigns.Of(token) is null ? 0 : ComparisonStrength,
        },
        _ => 0,
    };

    private Expression ReadFirst()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Count(new NumberExpression(token.Span, token.Number, token.Text, token.Unit));
            case TokenKind.Word:
                return Count(ReadWord(token));
            case TokenKind.Sign when token.Text == "-":
                var operand = Read(MinusStrength);
                return Count(new NegativeExpression(token.Span.To(operand.Span), operand));
            case TokenKind.Sign when token.Text == "(":
                var inner = Read(0);
                Expect(")");
                return inner;
            case TokenKind.Text:
                throw new ExpressionException(Codes.Syntax, "a text in quotes has no meaning here", token.Span);
            default:
                throw Unexpected(token, Operand);
        }
    }

    private Expression ReadWord(Token token)
    {
        switch (token.Text)
        {
            case "not":
                var operand = Read(NotStrength);
                return new NotExpression(token.Span.To(operand.Span), operand);
            case "limit":
                var limit = TakeName("the limit's name");
                return new LimitExpression(token.Span.To(limit.Span), limit.Text, limit.Span);
            case "age":
                var signal = TakeName("the signal's name");
                return new AgeExpression(token.Span.To(signal.Span), signal.Text, signal.Span);
            case "at":
                return ReadAtLeast(token);
            case "alert":
                return ReadAlertActive(token);
            case "no" or "missing" when Current.Kind == TokenKind.Word && !IsKeyword(Current.Text):
                throw new ExpressionException(
                    Codes.Syntax, $"`{token.Text}` does not stand before a signal", token.Span.To(Current.Span),
                    $"write `{Current.Text} is missing`, or `{Current.Text} is no value`");
        }

        if (WindowFunctions.Of(token.Text) is { } function)
        {
            return ReadWindow(token, function);
        }

        if (OtherSpelling(token.Text) is { } keyword)
        {
            throw new ExpressionException(Codes.Syntax, $"`{token.Text}` is not a word of the language", token.Span, $"write `{keyword}`");
        }

        if (IsKeyword(token.Text))
        {
            throw Unexpected(token, Operand);
        }

        return Current.IsSign("(")
            ? throw new ExpressionException(
                Codes.Syntax, $"there is no function `{token.Text}`", token.Span,
                Suggestions.DidYouMean(token.Text, WindowFunctions.Words)
                ?? OtherWindow(token.Text)
                ?? "the functions are average, lowest, highest, rise, fall and count; there are no others")
            : new NameExpression(token.Span, token.Text);
    }

    private Expression ReadNext(Expression left, int strength)
    {
        var token = Take();
        if (strength == ComparisonStrength)
        {
            return ReadComparison(left, token);
        }

        var right = Read(strength);
        var span = left.Span.To(right.Span);
        return token.Kind == TokenKind.Word
            ? new LogicalExpression(span, token.Text == "and", left, right)
            : new ArithmeticExpression(span, token.Text[0], left, right);
    }

    private Token Take()
    {
        var token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }

    private Token TakeName(string what) =>
        Current.Kind == TokenKind.Word && !IsKeyword(Current.Text) ? Take() : throw Unexpected(what);

    private void Expect(string sign)
    {
        if (!Current.IsSign(sign))
        {
            throw Unexpected($"`{sign}`");
        }

        Take();
    }

    private Expression Count(Expression expression) =>
        ++_nodes <= MostNodes
            ? expression
            : throw new ExpressionException(
                Codes.TooLarge, $"an expression has at most {MostNodes} parts", expression.Span, "name parts of it under `derive:`");

    private ExpressionException Unexpected(string wanted) =>
        _at > 0 && _tokens[_at - 1] is { Kind: TokenKind.Number, Unit: "" } && Current.Kind == TokenKind.Word && OtherSpelling(Current.Text) is null
            ? new ExpressionException(
                Codes.Syntax, $"`{Current.Text}` stands where {wanted} should follow", Current.Span,
                Suggestions.DidYouMean(Current.Text, Units.Spellings) ?? "behind a number only its unit may stand: the signal's own, or none")
            : Unexpected(Current, wanted);

    private static ExpressionException Unexpected(Token found, string wanted) =>
        found.Kind == TokenKind.End
            ? new ExpressionException(Codes.Syntax, $"the expression ends where {wanted} should follow", found.Span)
            : new ExpressionException(
                Codes.Syntax, $"`{Shown(found)}` stands where {wanted} should follow", found.Span,
                OtherSpelling(found.Text) is { } word ? $"write `{word}`" : null);

    private static string Shown(Token token) => token.Unit.Length > 0 ? $"{token.Text} {token.Unit}" : token.Text;

    private static bool IsKeyword(string word) =>
        word is "and" or "or" or "not" or "between" or "is" or "missing" or "on" or "off" or "at" or "least" or "of" or "limit" or "age" or "alert" or "active"
        || WindowFunctions.Of(word) is not null;

    /// <summary>The keyword somebody meant who wrote it in capitals or in other words.</summary>
    private static string? OtherSpelling(string word) => word switch
    {
        "And" or "AND" or "und" => "and",
        "Or" or "OR" or "oder" => "or",
        "Not" or "NOT" => "not",
        "Between" or "BETWEEN" => "between",
        "Is" or "IS" => "is",
        "Limit" or "LIMIT" => "limit",
        _ => null,
    };
}
