using System.Diagnostics;

namespace IoTGateway.Simulation.Tests;

/// <summary>Runs seed after seed until a promise is broken.</summary>
internal static class Soak
{
    /// <summary>Runs seeds from <paramref name="firstSeed"/> on, for a number of runs or a time, whichever ends first.</summary>
    /// <returns>The first seed that breaks a promise, with what broke; null if none does. And how many runs there were.</returns>
    public static (int Runs, int Seed, PromiseBrokenException? Broken) Run(int firstSeed, int runs, TimeSpan timeAtMost)
    {
        var watch = Stopwatch.StartNew();
        for (var run = 0; run < runs; run++)
        {
            if (watch.Elapsed > timeAtMost)
            {
                return (run, 0, null);
            }

            if (Try(firstSeed + run) is { } broken)
            {
                return (run + 1, firstSeed + run, broken);
            }
        }

        return (runs, 0, null);
    }

    /// <summary>One run; null if every promise holds.</summary>
    public static PromiseBrokenException? Try(int seed)
    {
        try
        {
            new World(seed).Run();
            return null;
        }
        catch (PromiseBrokenException broken)
        {
            return broken;
        }
        catch (Exception unexpected)
        {
            return new PromiseBrokenException(Promise.NothingUnexpected, unexpected.ToString());
        }
    }
}
