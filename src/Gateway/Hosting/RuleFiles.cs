using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>Finds and reads rule files.</summary>
internal static class RuleFiles
{
    /// <summary>The rule files among files and directories, in ordinal order of their paths.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyCollection<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(IsRuleFile) : [path]).Order(StringComparer.Ordinal)];

    /// <summary>Reads the rule files.</summary>
    /// <exception cref="UserErrorException">One cannot be read.</exception>
    public static IReadOnlyCollection<RuleFile> Read(IReadOnlyCollection<string> paths)
    {
        var current = "";
        try
        {
            var files = new List<RuleFile>();
            foreach (var path in Find(paths))
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

    private static bool IsRuleFile(string path) =>
        (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
        && !Path.GetFileName(path).StartsWith('.');
}
