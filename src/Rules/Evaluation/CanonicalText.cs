using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Expressions in one agreed spelling, with the limits and derived signals of a profile put in, to see whether a rule has changed.</summary>
internal sealed class CanonicalText(RuleSetDefinition definition, ResolvedProfile profile)
{
    private readonly Dictionary<string, DerivedDefinition> _derived = definition.Derived.ToDictionary(derived => derived.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of what decides when the alert of a rule is raised and ended, in hex.</summary>
    public string HashOf(RuleDefinition rule)
    {
        var text = new StringBuilder();
        foreach (var level in rule.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Of(level.When)}\n{(long)level.For.TotalMilliseconds}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{(rule.ClearWhen is null ? "" : Of(rule.ClearWhen))}\n{(long)rule.Rule.ClearAfter.TotalMilliseconds}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>An expression.</summary>
    private string Of(Expression expression) => expression.Print(part => part switch
    {
        LimitExpression limit => Shortest(profile.LimitOf(limit.Name).Value),
        NumberExpression number => Shortest(number.Value),
        NameExpression name => OfName(name.Name),
        IsExpression test when profile.InPlaceOf(test.Name) is var instead && instead != test.Name => Of(test with { Name = instead }),
        WindowExpression window => string.Create(
            CultureInfo.InvariantCulture, $"{window.Function}({window.Signal}, {(long)window.Length.TotalMilliseconds} ms)"),
        _ => null,
    });

    private string OfName(string name)
    {
        var instead = profile.InPlaceOf(name);
        if (!_derived.TryGetValue(instead, out var derived))
        {
            return instead;
        }

        if (!_texts.TryGetValue(instead, out var text))
        {
            text = OfDerived(derived);
            _texts.Add(instead, text);
        }

        return text;
    }

    private string OfDerived(DerivedDefinition derived)
    {
        var validFor = derived.ValidFor is { } span ? string.Create(CultureInfo.InvariantCulture, $" for {(long)span.TotalMilliseconds} ms") : "";
        var value = derived switch
        {
            ExpressionDefinition expression => Of(expression.Value),
            SumDefinition sum => string.Join(" + ", sum.Parts.Select(OfName)),
            ScoreDefinition score => string.Join("; ", score.Rows.Select(row => $"{Of(row.Condition)}: {Shortest(row.Points)}"))
                + (score.Round is { } round ? $" to {Shortest(round)}" : ""),
            _ => throw new InvalidOperationException($"Nobody knows how '{derived.Name}' is computed."),
        };
        return $"[{value}{validFor}]";
    }

    private static string Shortest(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
