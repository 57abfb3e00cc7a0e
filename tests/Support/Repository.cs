namespace IoTGateway.Tests.Support;

/// <summary>Finds the files of the repository from wherever a test runs.</summary>
public static class Repository
{
    /// <summary>The directory of <c>IoTGateway.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root, for example <c>PathOf("tests/data/news2_cases.csv")</c>.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "IoTGateway.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No IoTGateway.sln above {AppContext.BaseDirectory}.");
    }
}
