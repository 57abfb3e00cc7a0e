using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>
/// Rules that were put into force at some instant. A patient points to those it is under; the ones that came after hang behind, so that a patient who
/// was not touched for a while goes through all of them in order. When nobody points to old ones any more, they are gone.
/// </summary>
/// <param name="rules">The rules; null before the first.</param>
/// <param name="at">The instant of the load, Unix milliseconds.</param>
internal sealed class LoadedRules(RuleSet? rules, long at)
{
    private static readonly ProgramCompiler Nothing = new(new RuleSetDefinition
    {
        Catalogue = new SignalCatalogue([]),
        Signals = [],
        Limits = [],
        Overrides = [],
        Derived = [],
        Rules = [],
        EvaluationOrder = [],
    });

    /// <summary>The rules; null before the first.</summary>
    public RuleSet? Rules { get; } = rules;

    /// <summary>The instant of the load, Unix milliseconds.</summary>
    public long At { get; } = at;

    /// <summary>The rules put into force after these; null: these are the last.</summary>
    public LoadedRules? Next { get; private set; }

    /// <summary>What becomes of the state under the next ones.</summary>
    public RuleCarryOver? CarryOver { get; private set; }

    /// <summary>The programs of these rules.</summary>
    public ProgramCompiler Programs => Rules?.Programs ?? Nothing;

    /// <summary>The rules as they are for a patient.</summary>
    public RuleProgram ProgramFor(PatientProfile profile) => Programs.For(profile);

    /// <summary>Puts others into force after these.</summary>
    public LoadedRules Follow(RuleSet next, long at)
    {
        CarryOver = new RuleCarryOver(Programs, next.Programs);
        Next = new LoadedRules(next, at);
        return Next;
    }
}
