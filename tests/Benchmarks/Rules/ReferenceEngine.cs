using RulesEngine.Models;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>
/// Microsoft RulesEngine over the same conditions, at its best: a workflow for each signal with the rules that look at it, compiled before it is timed,
/// parameters made once, expressions compiled by its fast compiler, and nothing of what its settings can leave out.
/// </summary>
internal sealed class ReferenceEngine
{
    private readonly VitalsCourse _course;
    private readonly RulesEngine.RulesEngine _engine;
    private readonly Vitals[] _vitals;
    private readonly RuleParameter[][] _parameters;
    private readonly int[] _order;

    public ReferenceEngine(VitalsCourse course, int patients)
    {
        _course = course;
        var workflows = WardRules.Signals.Select(signal => new Workflow
        {
            WorkflowName = signal,
            Rules = [.. WardRules.All.Where(rule => rule.Signals.Contains(signal)).Select(rule => new Rule { RuleName = rule.Name, Expression = rule.Lambda })],
        });
        _engine = new RulesEngine.RulesEngine([.. workflows], new ReSettings
        {
            EnableExceptionAsErrorMessage = false,
            EnableFormattedErrorMessage = false,
            EnableScopedParams = false,
            NestedRuleExecutionMode = NestedRuleExecutionMode.Performance,
            UseFastExpressionCompiler = true,
        });
        _vitals = [.. Enumerable.Range(0, patients).Select(_ => new Vitals())];
        _parameters = Array.ConvertAll(_vitals, vitals => new[] { new RuleParameter("vitals", vitals) });
        _order = WardEngine.Order(patients * WardRules.Signals.Length);
    }

    /// <summary>How many conditions were true; what a caller would look at.</summary>
    public long True { get; private set; }

    /// <summary>How many readings a second has.</summary>
    public int ReadingsPerSecond => _order.Length;

    /// <summary>The second that comes next.</summary>
    public int Second { get; private set; } = 1;

    /// <summary>Gives everybody what is worked out of the readings of the coming second; not part of what is timed.</summary>
    public void Prepare()
    {
        for (var patient = 0; patient < _vitals.Length; patient++)
        {
            for (var signal = 0; signal < WardRules.Signals.Length; signal++)
            {
                _vitals[patient].Set(signal, _course.Value(patient, signal, Second));
            }

            _vitals[patient].Complete(_course, patient, Second);
        }
    }

    /// <summary>The second is over.</summary>
    public void Advance() => Second++;

    /// <summary>One second of everybody: for each reading the value is set and the rules that look at its signal are evaluated.</summary>
    public void Step()
    {
        foreach (var place in _order)
        {
            var (patient, signal) = Math.DivRem(place, WardRules.Signals.Length);
            _vitals[patient].Set(signal, _course.Value(patient, signal, Second));
            foreach (var result in Evaluate(patient, signal))
            {
                True += result.IsSuccess ? 1 : 0;
            }
        }

        Advance();
    }

    /// <summary>The rules that look at a signal.</summary>
    public List<RuleResultTree> Evaluate(int patient, int signal)
    {
        // It has nothing to wait for; a task that has ended is read at once.
        var results = _engine.ExecuteAllRulesAsync(WardRules.Signals[signal], _parameters[patient]);
        return results.IsCompletedSuccessfully ? results.Result : results.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>What a patient's conditions are, by the rule's name, when everything is prepared.</summary>
    public Dictionary<string, bool> Truths(int patient)
    {
        var truths = new Dictionary<string, bool>(StringComparer.Ordinal);
        for (var signal = 0; signal < WardRules.Signals.Length; signal++)
        {
            foreach (var result in Evaluate(patient, signal))
            {
                truths[result.Rule.RuleName] = result.IsSuccess;
            }
        }

        return truths;
    }
}
