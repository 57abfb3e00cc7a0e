using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>Finds and reads rule files, and the scenario files beside them.</summary>
internal static class RuleFiles
{
    /// <summary>The rule files among files and directories, in ordinal order of their paths.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyCollection<string> paths) =>
        Find(paths, path => !ScenarioTests.IsScenarioFile(path));

    /// <summary>The scenario files among files and directories, in ordinal order of their paths.</summary>
    public static IReadOnlyList<string> FindScenarios(IReadOnlyCollection<string> paths) => Find(paths, ScenarioTests.IsScenarioFile);

    /// <summary>Reads the rule files among files and directories.</summary>
    /// <exception cref="UserErrorException">One cannot be read.</exception>
    public static IReadOnlyCollection<RuleFile> Read(IReadOnlyCollection<string> paths) => ReadFiles(() => Find(paths));

    /// <summary>Reads the scenario files among files and directories.</summary>
    /// <exception cref="UserErrorException">One cannot be read.</exception>
    public static IReadOnlyCollection<RuleFile> ReadScenarios(IReadOnlyCollection<string> paths) => ReadFiles(() => FindScenarios(paths));

    private static List<string> Find(IReadOnlyCollection<string> paths, Func<string, bool> wanted) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(IsYaml) : [path]).Where(wanted).Order(StringComparer.Ordinal)];

    private static List<RuleFile> ReadFiles(Func<IReadOnlyList<string>> find)
    {
        var current = "";
        try
        {
            var files = new List<RuleFile>();
            foreach (var path in find())
            {
                current = path;
                files.Add(new RuleFile(path, File.ReadAllText(path)));
            }

            return files;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The rule file {current} cannot be read: {failure.Message}", failure);
        }
    }

    private static bool IsYaml(string path) =>
        (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
        && !Path.GetFileName(path).StartsWith('.');
}
