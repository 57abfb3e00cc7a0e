using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>
/// Warns of a role under <c>notify</c> that is probably misspelt. The files cannot check roles, but one that stands there once and differs by a single
/// letter from one that stands there more often is hardly another role.
/// </summary>
internal static class SimilarRoles
{
    /// <summary>In shorter words ("team A", "ward 3") a single letter is all that tells two roles apart.</summary>
    private const int ShortestWord = 4;

    /// <summary>Goes through the roles of all rules.</summary>
    public static void Warn(IReadOnlyList<ConfigNode> roles, DiagnosticBag diagnostics)
    {
        var nodes = roles.ToLookup(node => node.Text.Trim(), StringComparer.Ordinal);
        foreach (var rare in nodes.Where(role => role.Count() == 1))
        {
            if (nodes.FirstOrDefault(other => other.Count() > 1 && IsMisspelling(rare.Key, other.Key)) is { } usual)
            {
                var node = rare.First();
                diagnostics.Warn(
                    node, new TextSpan(0, node.Text.Length), Codes.SimilarRole, $"'{rare.Key}' stands only here, and '{usual.Key}' {usual.Count()} times",
                    $"did you mean `{usual.Key}`?");
            }
        }
    }

    private static bool IsMisspelling(string rare, string usual)
    {
        var (left, right) = (rare.Split(' '), usual.Split(' '));
        if (left.Length != right.Length)
        {
            return false;
        }

        var different = left.Zip(right).Where(pair => pair.First != pair.Second).ToList();
        return different.Count == 1
            && different.All(pair => pair.First.Length >= ShortestWord && pair.Second.Length >= ShortestWord && Suggestions.Distance(pair.First, pair.Second) == 1);
    }
}
