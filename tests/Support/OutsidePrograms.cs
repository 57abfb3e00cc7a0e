using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>Programs that some tests need and a machine may lack. <c>./test.sh</c> says how to get them.</summary>
public static class OutsidePrograms
{
    /// <summary>The program's full path; skips the test, naming the Debian package, where it is not installed.</summary>
    public static string Require(string program, string debianPackage)
    {
        var path = Find(program);
        Assert.SkipWhen(path is null, $"{program} is not installed (Debian package {debianPackage}).");
        return path!;
    }

    /// <summary>The program's full path; null where it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
