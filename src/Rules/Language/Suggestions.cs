namespace IoTGateway.Rules.Language;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Suggestions
{
    /// <summary>The help line "did you mean ..?"; null when nothing is near enough.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> known, string prefix = "") =>
        Nearest(word, known) is { } near ? $"did you mean `{prefix}{near}`?" : null;

    /// <summary>The known name that differs in the fewest letters, at most a third of them; the first of equals.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        const int LongestCompared = 64;
        string? nearest = null;
        var best = int.MaxValue;
        if (word.Length is 0 or > LongestCompared)
        {
            return null;
        }

        foreach (var candidate in known)
        {
            if (candidate.Length > LongestCompared)
            {
                continue;
            }

            var distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (candidate.Length > 3 && word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                distance = Math.Min(distance, 1);
            }

            if (distance < best && distance <= Math.Max(1, Math.Min(word.Length, candidate.Length) / 3))
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>How many letters have to be inserted, removed, replaced or swapped with their neighbour.</summary>
    public static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        var beforePrevious = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replace = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replace, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    current[column] = Math.Min(current[column], beforePrevious[column - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }
}
