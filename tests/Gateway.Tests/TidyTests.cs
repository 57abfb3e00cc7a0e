using System.Text.RegularExpressions;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests;

/// <summary>House rules that no compiler checks: files stay short, and what the documents name exists.</summary>
public sealed partial class TidyTests
{
    private const int LinesAtMost = 500;

    public static TheoryData<string> Documents() => [.. Files("*.md").Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Fact]
    public void SourceFiles_All_AreAtMost500Lines()
    {
        var tooLong = Files("*.cs").Select(path => (Path: path, Lines: File.ReadLines(path).Count())).Where(file => file.Lines > LinesAtMost).ToList();
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong.Select(file => $"{file.Path} has {file.Lines} lines.")));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_EveryLinkAndNamedPath_Exists(string document)
    {
        var path = Repository.PathOf(document);
        var text = File.ReadAllText(path);
        var links = Link().Matches(text).Select(match => Path.Combine(Path.GetDirectoryName(path)!, match.Groups[1].Value.Split('#')[0]));
        var named = NamedPath().Matches(text).Select(match => Repository.PathOf(match.Groups[1].Value));

        Assert.All(links.Concat(named), target => Assert.True(Path.Exists(target), $"{document} names {target}, which does not exist."));
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Where(path => !GeneratedFolder().IsMatch(Path.GetRelativePath(Repository.Root, path)));

    /// <summary>The target of a Markdown link that is not an address on the web.</summary>
    [GeneratedRegex(@"\]\((?!https?:)([^)\s#]+)[^)]*\)")]
    private static partial Regex Link();

    /// <summary>A path of this repository named in code style, for example `src/Queue`.</summary>
    [GeneratedRegex(@"`((?:src|tests|docs|rules|firmware-sim)/[\w./-]*)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"(^|/)(bin|obj|\.git)/")]
    private static partial Regex GeneratedFolder();
}
