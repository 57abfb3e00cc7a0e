using System.Text;

namespace IoTGateway.Rules.Engine;

/// <summary>Recognises words in a device's own alarms, however it spells them: case, hyphens and underscores do not matter.</summary>
internal static class DeviceAlarms
{
    /// <summary>Lower case, with single spaces for anything that is not a letter or digit.</summary>
    public static string Normalise(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var character in words)
        {
            if (char.IsLetterOrDigit(character))
            {
                text.Append(char.ToLowerInvariant(character));
            }
            else if (text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Whether an alarm says one of these normalised words.</summary>
    public static bool AnySays(List<string> alarms, IReadOnlyList<string> words)
    {
        foreach (var alarm in alarms)
        {
            var said = Normalise(alarm);
            foreach (var word in words)
            {
                if (said.Contains(word, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
