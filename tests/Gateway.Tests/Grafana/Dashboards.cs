using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.Grafana;

/// <summary>The dashboards that ship.</summary>
internal static class Dashboards
{
    /// <summary>All dashboards of a source, by file.</summary>
    public static IEnumerable<(string File, JsonElement Dashboard)> Of(string source) =>
        Directory.EnumerateFiles(Repository.PathOf("deploy/grafana/dashboards/" + source), "*.json").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), JsonDocument.Parse(File.ReadAllText(path)).RootElement.Clone()));

    /// <summary>What the panels of a dashboard ask, with the panel's title.</summary>
    public static IEnumerable<(string Title, string Query)> QueriesOf(JsonElement dashboard, string member) =>
        dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()
            .Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty(member).GetString()!)));

    /// <summary>What its variables ask.</summary>
    public static IEnumerable<string> VariablesOf(JsonElement dashboard) =>
        dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("query").GetString()!);
}
