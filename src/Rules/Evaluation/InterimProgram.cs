using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;
using YamlDotNet.Core;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// Makes the program of the present engine from a definition. A rule that uses more than that engine knows (levels, windows, scores, other
/// alerts) has a condition that is never known.
/// </summary>
internal static class InterimProgram
{
    /// <summary>Makes it.</summary>
    public static RuleProgram From(RuleSetDefinition definition)
    {
        var scope = new Scope { Catalogue = definition.Catalogue, Incomplete = true };
        var slots = ImmutableArray.CreateBuilder<SlotInfo>();
        foreach (var declaration in definition.Signals)
        {
            var known = declaration.Signal;
            slots.Add(SlotOf(declaration));
            scope.Slots.Add(known.Id, new NamedSlot(known.Index, slots[^1], new Display(known.Name, known.UnitShown, known.Decimals, known.Form), known.Unit, known.Id));
        }

        foreach (var limit in definition.Limits)
        {
            scope.Limits.Add(limit.Name, limit.Value);
        }

        foreach (var derived in definition.Derived.OfType<ExpressionDefinition>())
        {
            var binder = new Binder(scope, Blank(), new DiagnosticBag());
            if (binder.BindNumber(derived.Value) is { } number)
            {
                var info = new SlotInfo { Id = derived.Name, Derivation = number.Node, Inputs = [.. binder.Reads], ExpiresAfter = Milliseconds(derived.ValidFor) };
                scope.Slots.Add(derived.Name, new NamedSlot(slots.Count, info, derived.Display, derived.Unit, binder.Canonical(derived.Value)));
                slots.Add(info);
            }
        }

        return new RuleProgram(definition.Catalogue, slots.ToImmutable(), [.. definition.Rules.Select(rule => Compile(scope, rule))]);
    }

    private static CompiledRule Compile(Scope scope, RuleDefinition rule)
    {
        var reads = new SortedSet<int>();
        var level = rule.Levels[^1];
        var when = Bind(scope, level.When, level.WhenText, reads, out var whenCanonical);
        var clear = rule.ClearWhen is null ? null : Bind(scope, rule.ClearWhen, rule.Rule.ClearWhen!, reads, out _);
        var clearCanonical = rule.ClearWhen is null ? "" : new Binder(scope, Blank(), new DiagnosticBag()).Canonical(rule.ClearWhen);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{whenCanonical}\n{(long)level.For.TotalMilliseconds}\n{clearCanonical}\n{(long)rule.Rule.ClearAfter.TotalMilliseconds}");
        return new CompiledRule
        {
            Rule = rule.Rule,
            When = when ?? new UnknownCondition(),
            ClearWhen = clear,
            For = (long)level.For.TotalMilliseconds,
            ClearAfter = (long)rule.Rule.ClearAfter.TotalMilliseconds,
            Message = new MessageTemplate([.. rule.Message.Select(part => Message(scope, part))]),
            Reads = [.. reads],
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }

    private static Condition? Bind(Scope scope, Expression expression, string text, SortedSet<int> reads, out string canonical)
    {
        const int LongestExpression = 2_000;
        var binder = new Binder(scope, TextOf(text.PadRight(LongestExpression)), new DiagnosticBag());
        var condition = binder.BindCondition(expression);
        reads.UnionWith(binder.Reads);
        canonical = binder.Canonical(expression);
        return condition;
    }

    private static MessagePart Message(Scope scope, MessageDefinition part)
    {
        if (part.Value is null)
        {
            return new MessagePart(part.Text);
        }

        var binder = new Binder(scope, Blank(), new DiagnosticBag());
        var value = part.Value is AgeExpression age ? new NameExpression(age.NameSpan, age.Name) : part.Value;
        var number = binder.BindNumber(value, anyForm: true);
        return number is null ? new MessagePart("--")
            : part.Value is AgeExpression ? new MessagePart("", AgeOf: ((SlotNumber)number.Node).Slot)
            : new MessagePart("", number.Node, number.Display);
    }

    private static SlotInfo SlotOf(SignalDeclaration declaration) => new()
    {
        Id = declaration.Signal.Id,
        Signal = declaration.Signal,
        MissingAfter = Milliseconds(declaration.Signal.MissingAfter),
        ExpiresAfter = Milliseconds(declaration.Signal.MissingAfter ?? declaration.Signal.ValidFor),
        SensorOff = declaration.SensorOff,
    };

    private static long Milliseconds(TimeSpan? span) => span is { } known ? (long)known.TotalMilliseconds : SlotState.None;

    private static ConfigNode Blank() => TextOf(new string(' ', 2_000));

    private static ConfigNode TextOf(string text) => new(new SourceText(new RuleFile("", text)), ConfigKind.Text, 0, text, ScalarStyle.Plain);

    private sealed class UnknownCondition : LeafCondition
    {
        public override string Subject => "";

        public override Truth Evaluate(in Frame frame) => Truth.Unknown;

        public override double Number(in Frame frame) => double.NaN;

        public override string Value(in Frame frame) => "";

        public override string Limit(in Frame frame) => "";

        public override string Test(in Frame frame) => "";
    }
}
