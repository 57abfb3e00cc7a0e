using System.Collections.Immutable;
using IoTGateway.Rules;

namespace IoTGateway.Census;

/// <summary>Collects what is wrong in one file.</summary>
internal sealed class CensusDiagnostics(string file, string text)
{
    /// <summary>Nobody reads more; a file of another kind would give one for each line.</summary>
    public const int DiagnosticsAtMost = 100;

    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether anything refuses the file.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Notes an error at a piece of the file.</summary>
    public void Error(string code, CensusNode at, string message, string? help = null) =>
        Add(new Diagnostic(file, at.Line, at.Column, true, code, message, LineOf(at.Line), at.Length, help));

    /// <summary>Notes an error at a place.</summary>
    public void Error(string code, int line, int column, string message, string? help = null) =>
        Add(new Diagnostic(file, line, column, true, code, message, LineOf(line), 1, help));

    /// <summary>Notes something that is probably not meant, and refuses nothing.</summary>
    public void Warning(string code, CensusNode at, string message, string? help = null) =>
        Add(new Diagnostic(file, at.Line, at.Column, false, code, message, LineOf(at.Line), at.Length, help));

    /// <summary>All of them in the order of the file.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
        [.. _diagnostics.OrderBy(diagnostic => diagnostic.Line).ThenBy(diagnostic => diagnostic.Column)];

    private string LineOf(int line) => line >= 1 && line <= _lines.Length ? _lines[line - 1] : "";

    private void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.IsError;
        if (_diagnostics.Count < DiagnosticsAtMost)
        {
            _diagnostics.Add(diagnostic);
        }
        else if (_diagnostics.Count == DiagnosticsAtMost)
        {
            _diagnostics.Add(new Diagnostic(
                file, _lines.Length, 1, true, CensusCodes.TooMany, $"there is more wrong than these {DiagnosticsAtMost}", "", 1, "mend these first"));
        }
    }
}
