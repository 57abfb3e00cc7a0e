using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Finds the signals from which the scores of a program are made.</summary>
internal static class ScoreSignals
{
    /// <summary>The signals behind all scores that a rule for these patients looks at, trials left out, in the order of the catalogue.</summary>
    public static IReadOnlyList<Signal> Of(RuleProgram program)
    {
        var layout = program.Layout;
        var seen = new HashSet<int>();
        var signals = new SortedSet<int>();
        for (var rule = 0; rule < program.Rules.Length; rule++)
        {
            if (program.Applies[rule] && !program.Rules[rule].Rule.Shadow)
            {
                foreach (var slot in program.Rules[rule].Reads.Slots)
                {
                    Follow(slot, isInScore: false);
                }
            }
        }

        return [.. signals.Select(slot => layout.Slots[slot].Signal!)];

        void Follow(int slot, bool isInScore)
        {
            if (slot < layout.SignalCount)
            {
                if (isInScore)
                {
                    signals.Add(slot);
                }

                return;
            }

            var kind = layout.Slots[slot].Kind;
            isInScore |= kind == SlotKind.Score;
            if (isInScore && kind == SlotKind.Window)
            {
                // A window over a signal is fed by a device.
                return;
            }

            if (isInScore ? seen.Add(slot) : !seen.Contains(slot))
            {
                foreach (var read in program.ComputationOf(slot).Reads.Slots)
                {
                    Follow(read, isInScore);
                }
            }
        }
    }
}
