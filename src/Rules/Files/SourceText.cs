namespace IoTGateway.Rules.Files;

/// <summary>A file's text with its lines, to say where something stands and to show it.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Takes a file's text; line ends of any kind become a line feed, a byte order mark is dropped.</summary>
    public SourceText(RuleFile file)
    {
        Name = file.Name;
        Text = file.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimStart('\uFEFF');
        for (var index = 0; index < Text.Length; index++)
        {
            if (Text[index] == '\n')
            {
                _lineStarts.Add(index + 1);
            }
        }
    }

    /// <summary>The name shown in errors.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>How many lines it has.</summary>
    public int LineCount => _lineStarts.Count;

    /// <summary>The line, from 1, in which a character stands.</summary>
    public int LineOf(int index)
    {
        var found = _lineStarts.BinarySearch(index);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The first character of a line.</summary>
    public int StartOf(int line) => _lineStarts[line - 1];

    /// <summary>A line without its end.</summary>
    public string Line(int line)
    {
        var start = StartOf(line);
        var end = line < LineCount ? StartOf(line + 1) - 1 : Text.Length;
        return Text[start..end];
    }

    /// <summary>The diagnostic of something that stands at a place.</summary>
    public Diagnostic At(int index, int length, bool isError, string code, string message, string? help)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var line = LineOf(index);
        var source = Line(line);
        var inLine = index - StartOf(line);

        // Columns count characters, not the halves of one that UTF-16 may need.
        var column = CharactersIn(source.AsSpan(0, inLine)) + 1;
        var meant = CharactersIn(source.AsSpan(inLine, Math.Clamp(length, 0, source.Length - inLine)));
        return new Diagnostic(Name, line, column, isError, code, message, source, Math.Max(1, meant), help);
    }

    private static int CharactersIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
