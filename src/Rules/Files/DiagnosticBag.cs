using System.Collections.Immutable;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Collects everything that is wrong, so that all of it is told at once.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>More than this nobody reads; a file of garbage must not make a report larger than itself.</summary>
    private const int Most = 1_000;

    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether anything refuses the set.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many errors there are, also those that are no longer kept.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Whether a file could not be read as YAML: then names it may declare are not called unknown.</summary>
    public bool HasUnreadableFile { get; set; }

    /// <summary>Adds an error at a node.</summary>
    public void Error(ConfigNode node, string code, string message, string? help = null) =>
        Add(node.Source.At(node.Start, node.ShownLength, isError: true, code, message, help));

    /// <summary>Adds a mistake found in an expression or a duration that stands in a text.</summary>
    public void Error(ConfigNode node, ExpressionException mistake) =>
        Error(node, mistake.Span, mistake.Code, mistake.Message, YamlTraps.CutAtComma(node) ?? mistake.Help);

    /// <summary>Adds an error at a piece of a node's text.</summary>
    public void Error(ConfigNode node, TextSpan span, string code, string message, string? help = null) =>
        Add(At(node, span, isError: true, code, message, help));

    /// <summary>Adds a warning at a piece of a node's text.</summary>
    public void Warn(ConfigNode node, TextSpan span, string code, string message, string? help = null) =>
        Add(At(node, span, isError: false, code, message, help));

    /// <summary>Adds a finished diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ErrorCount += diagnostic.IsError ? 1 : 0;
        if (_diagnostics.Count < Most)
        {
            _diagnostics.Add(diagnostic);
        }
    }

    /// <summary>All of them by file and place.</summary>
    public ImmutableArray<Diagnostic> Sorted() =>
    [
        .. _diagnostics.OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Line)
            .ThenBy(diagnostic => diagnostic.Column),
    ];

    private static Diagnostic At(ConfigNode node, TextSpan span, bool isError, string code, string message, string? help)
    {
        var positions = ScalarPositions.Of(node);
        var start = positions[Math.Clamp(span.Start, 0, positions.Length - 1)];
        var last = positions[Math.Clamp(span.End - 1, 0, positions.Length - 1)];
        return node.Source.At(start, Math.Max(1, last - start + 1), isError, code, message, help);
    }
}
