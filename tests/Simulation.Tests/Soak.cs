using System.Diagnostics;

namespace IoTGateway.Simulation.Tests;

/// <summary>Runs seed after seed until a promise is broken.</summary>
internal static class Soak
{
    /// <summary>Runs seeds from <paramref name="firstSeed"/> on, for a number of runs or a time, whichever ends first.</summary>
    /// <returns>How many runs there were, what the last of them broke, null if every promise held, and what happened in all of them.</returns>
    public static (int Runs, string? Broken, string Tally) Run(int firstSeed, int runs, TimeSpan timeAtMost)
    {
        var watch = Stopwatch.StartNew();
        var tally = new Tally();
        for (var run = 0; run < runs && watch.Elapsed < timeAtMost; run++)
        {
            if (Try(firstSeed + run, tally) is { } broken)
            {
                return (run + 1, broken, tally.ToString());
            }

            runs = watch.Elapsed > timeAtMost ? run + 1 : runs;
        }

        return (runs, null, tally.ToString());
    }

    private static string? Try(int seed, Tally tally)
    {
        try
        {
            new World(seed, tally).Run();
            return null;
        }
        catch (PromiseBrokenException broken)
        {
            return FormattableString.Invariant($"seed {seed}: {broken.Message}");
        }
        catch (Exception unexpected)
        {
            return FormattableString.Invariant($"seed {seed}: {Promise.NothingUnexpected}: {unexpected}");
        }
    }
}
