using System.Globalization;
using System.Text;

namespace IoTGateway.Rules;

/// <summary>Something wrong in a file, told so that the operator can mend it.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="IsError">An error refuses the set; a warning does not.</param>
/// <param name="Code">A permanent code, for example R040.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="SourceLine">The line as written; empty if there is none.</param>
/// <param name="Length">How many characters are meant, at least 1.</param>
/// <param name="Help">What to do; null if there is nothing to suggest.</param>
public sealed record Diagnostic(
    string File, int Line, int Column, bool IsError, string Code, string Message, string SourceLine, int Length, string? Help)
{
    /// <summary>Longer lines are shown in part, so that the caret stays under what it means.</summary>
    private const int WidestLine = 160;

    private const int LineNumberWidth = 7;

    /// <summary><c>file:line:column: error CODE: message</c>, the source line, a caret and the help.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {(IsError ? "error" : "warning")} {Code}: {Message}");
        if (SourceLine.Length > 0)
        {
            AppendSource(text);
        }

        if (Help is not null)
        {
            text.Append('\n').Append(' ', LineNumberWidth + 1).Append("= help: ").Append(Help);
        }

        return text.ToString();
    }

    private void AppendSource(StringBuilder text)
    {
        var characters = SourceLine.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune).ToArray();
        var first = Math.Min(Column - 1, characters.Length);
        var from = characters.Length <= WidestLine ? 0 : Math.Max(0, first - (WidestLine / 2));
        var to = Math.Min(characters.Length, from + WidestLine);
        text.Append('\n').Append(Line.ToString(CultureInfo.InvariantCulture).PadLeft(LineNumberWidth)).Append(" | ");
        for (var index = from; index < to; index++)
        {
            text.Append(characters[index].ToString());
        }

        var carets = Math.Max(1, Math.Min(Length, to - first));
        text.Append('\n').Append(' ', LineNumberWidth).Append(" | ").Append(' ', first - from).Append('^', carets);
    }
}
