using YamlDotNet.Core;

namespace IoTGateway.Rules.Files;

/// <summary>
/// Says for each character of a YAML text where it stands in the file, whatever the way it is written: quotes, escapes, folded lines and
/// blocks move characters. Value and file are read side by side; white space, which YAML folds, is skipped on both sides.
/// </summary>
internal static class ScalarPositions
{
    /// <summary>The place of each character, and of the end behind the last one.</summary>
    public static int[] Of(ConfigNode node)
    {
        var file = node.Source.Text;
        var at = FirstCharacter(node);
        var positions = new int[node.Text.Length + 1];
        for (var index = 0; index < node.Text.Length; index++)
        {
            if (char.IsWhiteSpace(node.Text[index]))
            {
                positions[index] = Math.Min(at, file.Length);
                continue;
            }

            at = SkipSpace(file, at, node.Style);
            positions[index] = Math.Min(at, file.Length);
            at += LengthAt(file, at, node.Style);
        }

        positions[^1] = Math.Min(at, file.Length);
        return positions;
    }

    private static int FirstCharacter(ConfigNode node)
    {
        if (node.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            var lineEnd = node.Source.Text.IndexOf('\n', node.Start);
            return lineEnd < 0 ? node.Source.Text.Length : lineEnd + 1;
        }

        return node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? node.Start + 1 : node.Start;
    }

    private static int SkipSpace(string file, int at, ScalarStyle style)
    {
        while (at < file.Length)
        {
            if (char.IsWhiteSpace(file[at]))
            {
                at++;
            }
            else if (style == ScalarStyle.DoubleQuoted && file[at] == '\\' && at + 1 < file.Length && file[at + 1] is 'n' or 't' or 'r' or ' ' or '\n')
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>How many characters of the file make one of the value.</summary>
    private static int LengthAt(string file, int at, ScalarStyle style)
    {
        if (at >= file.Length)
        {
            return 0;
        }

        if (style == ScalarStyle.SingleQuoted)
        {
            return file[at] == '\'' ? 2 : 1;
        }

        if (style != ScalarStyle.DoubleQuoted || file[at] != '\\' || at + 1 >= file.Length)
        {
            return 1;
        }

        return file[at + 1] switch
        {
            'x' => 4,
            'u' => 6,
            'U' => 10,
            _ => 2,
        };
    }
}
