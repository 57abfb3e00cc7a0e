using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// Makes programs of a checked rule set, one for each profile of patients. They share the layout, and the compiled rules on which the profiles agree.
/// What does not fit is an <see cref="InvalidOperationException"/>: checking is over. Several threads may use it.
/// </summary>
internal sealed class ProgramCompiler
{
    /// <summary>A hospital has far fewer profiles; more come only of limits set for single patients, whose programs live on while they are used.</summary>
    private const int MostPrograms = 1_000;

    private readonly RuleSetDefinition _definition;
    private readonly ProgramLayout _layout;
    private readonly ImmutableArray<RuleReferences> _references;
    private readonly Dictionary<string, int> _ruleByName;

    // Guards the two caches.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RuleProgram> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompiledRule> _rules = new(StringComparer.Ordinal);

    /// <summary>Takes a rule set.</summary>
    public ProgramCompiler(RuleSetDefinition definition)
    {
        _definition = definition;
        _layout = new ProgramLayout(definition);
        _references = [.. Enumerable.Range(0, definition.Rules.Length).Select(rule => new RuleReferences(definition, rule))];
        _ruleByName = definition.Rules.ToDictionary(rule => rule.Rule.Name, rule => rule.Rule.Index, StringComparer.Ordinal);
    }

    /// <summary>The rule set.</summary>
    public RuleSetDefinition Definition => _definition;

    /// <summary>Where everything is, in all programs.</summary>
    public ProgramLayout Layout => _layout;

    /// <summary>The program for a patient.</summary>
    public RuleProgram For(PatientProfile patient)
    {
        Span<char> scratch = stackalloc char[ResolvedProfile.KeyLength(_definition)];
        var key = ResolvedProfile.KeyOf(_definition, patient, scratch);
        lock (_lock)
        {
            if (!_programs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var program))
            {
                if (_programs.Count == MostPrograms)
                {
                    _programs.Clear();
                    _rules.Clear();
                }

                program = Compile(new ResolvedProfile(_definition, patient));
                _programs.Add(key.ToString(), program);
            }

            return program;
        }
    }

    /// <summary>The index of the rule with a name.</summary>
    public int RuleOf(string name) => _ruleByName.TryGetValue(name, out var rule) ? rule : throw new InvalidOperationException(
        $"There is no alert '{name}' in a rule set that is said to be checked.");

    private RuleProgram Compile(ResolvedProfile profile)
    {
        var canonical = new CanonicalText(_definition, profile);
        var rules = ImmutableArray.CreateBuilder<CompiledRule>(_definition.Rules.Length);
        for (var index = 0; index < _definition.Rules.Length; index++)
        {
            var key = _references[index].KeyOf(profile);
            if (!_rules.TryGetValue(key, out var rule))
            {
                rule = Compile(_definition.Rules[index], profile, canonical);
                _rules.Add(key, rule);
            }

            rules.Add(rule);
        }

        return new RuleProgram(
            _layout, rules.MoveToImmutable(), [.. _definition.Rules.Select(profile.Applies)], Computations(profile), _definition.EvaluationOrder);
    }

    private CompiledRule Compile(RuleDefinition rule, ResolvedProfile profile, CanonicalText canonical)
    {
        if (rule.Levels.Length is 0 or > CompiledRule.MostLevels)
        {
            throw new InvalidOperationException($"The alert '{rule.Rule.Name}' has {rule.Levels.Length} levels, in a rule set that is said to be checked.");
        }

        var levels = rule.Levels.Select(level => new CompiledLevel(
            level.Priority,
            new ConditionCompiler(_layout, profile, level.WhenText, RuleOf).Condition(level.When),
            (long)level.For.TotalMilliseconds,
            MessageCompiler.Compile(_layout, profile, level.Message ?? rule.Message))).ToImmutableArray();
        var clear = rule.ClearWhen is null ? null
            : new ConditionCompiler(_layout, profile, rule.Rule.ClearWhen ?? "", RuleOf).Condition(rule.ClearWhen);
        var reads = new ReadSet();
        foreach (var level in levels)
        {
            level.When.Collect(reads);
        }

        clear?.Collect(reads);
        return new CompiledRule
        {
            Rule = rule.Rule,
            Levels = levels,
            ClearWhen = clear,
            ClearAfter = (long)rule.Rule.ClearAfter.TotalMilliseconds,
            SuppressedBy = rule.SuppressedBy,
            Reads = reads,
            Hash = canonical.HashOf(rule),
        };
    }

    private ImmutableArray<Computation> Computations(ResolvedProfile profile)
    {
        var byName = _definition.Derived.ToDictionary(derived => derived.Name, StringComparer.Ordinal);
        var signals = new Dictionary<int, int[]>();
        var computations = ImmutableArray.CreateBuilder<Computation>(_layout.Slots.Length - _layout.SignalCount);
        for (var slot = _layout.SignalCount; slot < _layout.Slots.Length; slot++)
        {
            var info = _layout.Slots[slot];
            Computation computation = info switch
            {
                { Kind: SlotKind.Window } => Window(info),
                { Expression: { } expression } => Arithmetic(expression, expression.Names(), null),
                _ => byName[info.Id] switch
                {
                    ExpressionDefinition derived => Arithmetic(derived.Value, DerivedParts.Names(derived), derived.ValidFor),
                    ScoreDefinition score => new ScoreCompiler(_layout, profile, score, RuleOf).Compile(SignalsOf(DerivedParts.Names(score))),
                    SumDefinition sum => new SumComputation([.. sum.Parts.Select(part => _layout.SlotOf(profile.InPlaceOf(part)))])
                    {
                        Signals = SignalsOf(sum.Parts),
                    },
                    var other => throw new InvalidOperationException($"Nobody knows how '{other.Name}' is computed."),
                },
            };
            signals.Add(slot, computation.Signals);
            computations.Add(computation);
        }

        return computations.MoveToImmutable();

        ExpressionComputation Arithmetic(Expression expression, IEnumerable<string> names, TimeSpan? validFor) =>
            new(new NumberCompiler(_layout, profile, "").Number(expression).Node)
            {
                Signals = SignalsOf(names),
                ValidFor = validFor is { } span ? (long)span.TotalMilliseconds : SlotState.None,
            };

        int[] SignalsOf(IEnumerable<string> names) =>
        [
            .. names.Select(name => _layout.SlotOf(profile.InPlaceOf(name)))
                .SelectMany(slot => slot < _layout.SignalCount ? [slot] : signals[slot]).Distinct().Order(),
        ];
    }

    private WindowComputation Window(SlotInfo info)
    {
        var signal = _layout.Windows[info.Window].Signal;
        return new WindowComputation(info.Function, info.Window, signal) { Signals = [signal] };
    }
}
