using System.Diagnostics;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>Runs seed after seed until engine and oracle differ.</summary>
internal static class DifferentialSearch
{
    /// <summary>How many inputs each case has.</summary>
    public const int InputsEach = 600;

    /// <summary>Runs seeds from <paramref name="firstSeed"/> on, for a number of cases or a time, whichever ends first.</summary>
    /// <returns>How many cases there were, how many transitions they told, and the difference that ended the search; null if there was none.</returns>
    public static (int Cases, int Transitions, string? Difference) Run(int firstSeed, int cases, TimeSpan timeAtMost, bool shrink)
    {
        var watch = Stopwatch.StartNew();
        var transitions = 0;
        var done = 0;
        for (; done < cases && watch.Elapsed < timeAtMost; done++)
        {
            var course = DifferentialCase.Of(firstSeed + done, InputsEach);
            if (course.Run(out var told) is { } difference)
            {
                (course, difference) = shrink ? Shrinker.Shrink(course, difference) : (course, difference);
                return (done + 1, transitions, $"seed {firstSeed + done}: engine and oracle differ\n{course.ToText(difference)}");
            }

            transitions += told;
        }

        return (done, transitions, null);
    }
}
