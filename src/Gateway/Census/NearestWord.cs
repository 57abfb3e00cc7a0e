namespace IoTGateway.Census;

/// <summary>Finds what a mistyped word was meant to be.</summary>
internal static class NearestWord
{
    /// <summary>"did you mean `x`?" for the nearest of the words; null if none is near: within a third of its letters, at least one.</summary>
    public static string? HelpFor(string word, IEnumerable<string> words)
    {
        var nearest = words.Select(known => (Word: known, Distance: Distance(word, known))).MinBy(pair => pair.Distance);
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, nearest.Word.Length / 3) ? $"did you mean `{nearest.Word}`?" : null;
    }

    /// <summary>How many letters must be changed, added, left out or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    rows[row, column] = row + column;
                    continue;
                }

                var isSame = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]);
                var least = Math.Min(Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1, rows[row - 1, column - 1] + (isSame ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    least = Math.Min(least, rows[row - 2, column - 2] + 1);
                }

                rows[row, column] = least;
            }
        }

        return rows[left.Length, right.Length];
    }
}
