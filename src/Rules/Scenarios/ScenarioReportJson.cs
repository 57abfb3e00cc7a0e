using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTGateway.Rules;

/// <summary>Writes a report as one JSON object, for programs that run the scenarios.</summary>
public static class ScenarioReportJson
{
    // Names are the operators' own and go to a terminal or a file, not into a page.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>Writes the report.</summary>
    public static void Write(ScenarioReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                passed = report.IsPassed,
                coverageFull = report.IsCoverageFull,
                unplayable = report.Unplayable,
                diagnostics = report.Diagnostics.Select(diagnostic => new
                {
                    diagnostic.File,
                    diagnostic.Line,
                    diagnostic.Column,
                    severity = diagnostic.IsError ? "error" : "warning",
                    diagnostic.Code,
                    diagnostic.Message,
                    diagnostic.Help,
                }),
                scenarios = report.Scenarios.Select(scenario => new
                {
                    scenario.Name,
                    scenario.File,
                    scenario.Line,
                    passed = scenario.Misses.IsEmpty,
                    scenario.Expectations,
                    misses = scenario.Misses.Select(miss => new { miss.Line, miss.Expected, miss.Found, timeLine = miss.TimeLine.Split('\n', StringSplitOptions.RemoveEmptyEntries) }),
                }),
                coverage = report.Coverage.Select(item => new { kind = JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString()), item.Name, covered = item.IsCovered }),
            },
            Options));
    }
}
