using System.Globalization;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>Where random tests begin: RULES_FUZZ_SEED repeats one, RULES_FUZZ_SECONDS looks on for that long.</summary>
internal static class FuzzSeeds
{
    /// <summary>The seed to repeat; null: any.</summary>
    public static int? Only { get; } = Variable("RULES_FUZZ_SEED");

    /// <summary>How long to look, in seconds; null: as many cases as the test has.</summary>
    public static int? Seconds { get; } = Variable("RULES_FUZZ_SECONDS");

    /// <summary>The seeds of a test, told so that a failure can be repeated.</summary>
    public static IEnumerable<int> Take(int cases)
    {
        // Without a wish the same cases each time: a failure is then the change's. A long search begins anywhere.
        var first = Only ?? (Seconds is null ? 1 : Environment.TickCount & 0xFFFFFF);
        TestContext.Current.SendDiagnosticMessage($"seeds from {first}");
        return Enumerable.Range(first, Only is null ? cases : 1);
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
