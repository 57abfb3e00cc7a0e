using System.Text;

namespace IoTGateway.Rules.Files;

/// <summary>The forms of names.</summary>
internal static class Names
{
    private const int LongestId = 40;

    /// <summary>What an id has to look like, in words.</summary>
    public const string IdForm = "a name has lower-case letters, digits and underscores, begins with a letter, and is at most 40 long";

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "and", "or", "not", "between", "is", "missing", "on", "off", "at", "least", "of", "limit", "age", "alert", "active",
        "average", "lowest", "highest", "rise", "fall", "count", "no", "value", "true", "false", "points",
    };

    /// <summary>Whether it can name a signal, a derived signal or a limit.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && char.IsAsciiLetterLower(text[0])
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_') && !IsKeyword(text);

    /// <summary>Whether the language uses the word itself.</summary>
    public static bool IsKeyword(string text) => Keywords.Contains(text);

    /// <summary>An alert's name as it stands in topics: letters and digits in lower case, anything else one hyphen.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
