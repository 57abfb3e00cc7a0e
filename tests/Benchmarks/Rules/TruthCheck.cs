using System.Globalization;
using IoTGateway.Rules;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>That both engines evaluate the same: a benchmark of two that do not would say nothing.</summary>
internal static class TruthCheck
{
    private const int Patients = 8;
    private const int NeverTrue = 2; // That a signal is missing, which never happens here.

    /// <summary>Compares every condition of every patient after each second of both courses. Throws at the first difference; tells what was compared.</summary>
    public static string Run(int seconds)
    {
        var (compared, held) = (0, 0);
        var ways = WardRules.All.ToDictionary(rule => rule.Name, _ => (True: false, False: false), StringComparer.Ordinal);
        foreach (var course in new[] { VitalsCourse.Walk(), VitalsCourse.Uniform() })
        {
            var ours = new WardEngine(course, WardRules.Load(WardRules.Conditions()), Patients);
            var theirs = new ReferenceEngine(course, Patients);
            var raised = new HashSet<(string Patient, string Alert)>();
            ours.Admit();
            for (var second = 1; second <= seconds; second++)
            {
                theirs.Prepare();
                ours.StepKeeping();
                foreach (var transition in ours.Output)
                {
                    _ = transition.State == AlertState.Ended ? raised.Remove((transition.Patient, transition.Rule.Name)) : raised.Add((transition.Patient, transition.Rule.Name));
                }

                ours.Output.Clear();
                for (var patient = 0; patient < Patients; patient++)
                {
                    foreach (var (rule, truth) in theirs.Truths(patient))
                    {
                        var ofOurs = raised.Contains((WardEngine.Profile(patient).Patient, rule));
                        if (ofOurs != truth)
                        {
                            throw new InvalidOperationException($"'{rule}' of patient {patient} in second {second}: ours says {ofOurs}, the reference {truth}.");
                        }

                        var (wasTrue, wasFalse) = ways[rule];
                        ways[rule] = (wasTrue || truth, wasFalse || !truth);
                        compared++;
                        held += truth ? 1 : 0;
                    }
                }

                theirs.Advance();
            }
        }

        var bothWays = ways.Count(way => way.Value is (true, true));
        return bothWays == WardRules.All.Length - NeverTrue
            ? string.Create(CultureInfo.InvariantCulture, $"{compared:#,0} truths of both compared, {100.0 * held / compared:0} % true, no difference")
            : throw new InvalidOperationException($"Only {bothWays} of {WardRules.All.Length} conditions were both true and false in the sample: it proves too little.");
    }
}
