using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IoTGateway.Census;

/// <summary>Reads YAML into pieces that know their place. What YAML can do beyond lists, keys and texts is refused, and everything is bounded.</summary>
internal sealed class CensusTree
{
    /// <summary>A ward of 30 beds takes about 4,000 characters.</summary>
    public const int CharactersAtMost = 512 * 1024;

    // Keys, list and beds nest 7 levels deep in the form itself.
    private const int DeepestNesting = 16;

    private readonly CensusDiagnostics _diagnostics;
    private readonly Parser _parser;

    private CensusTree(string text, CensusDiagnostics diagnostics)
    {
        _diagnostics = diagnostics;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The only document of the text; null, with a diagnostic, where it cannot be read.</summary>
    public static CensusNode? Read(string text, CensusDiagnostics diagnostics)
    {
        if (text.Length > CharactersAtMost)
        {
            diagnostics.Error(CensusCodes.RefusedYaml, 1, 1, $"the file has {text.Length} characters; it may have {CharactersAtMost}");
            return null;
        }

        try
        {
            return new CensusTree(text, diagnostics).ReadDocument();
        }
        catch (YamlException fault)
        {
            if (FirstTabInIndentation(text) is { } tab)
            {
                diagnostics.Error(CensusCodes.NotYaml, tab.Line, tab.Column, "this is no YAML: a tab stands in the indentation", "indent with blanks");
            }
            else
            {
                diagnostics.Error(
                    CensusCodes.NotYaml, (int)Math.Max(1, fault.Start.Line), (int)Math.Max(1, fault.Start.Column), $"this is no YAML: {fault.Message}",
                    "look at the indentation, brackets and quotes here and in the line above");
            }

            return null;
        }
    }

    /// <summary>The parser tells of a tab at some place before it; it is the likeliest fault of all, so it is looked for.</summary>
    private static (int Line, int Column)? FirstTabInIndentation(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var first = line.IndexOfAnyExcept(' ');
            if (first >= 0 && line[first] == '\t')
            {
                return (number, first + 1);
            }
        }

        return null;
    }

    private CensusNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _diagnostics.Error(CensusCodes.MissingKey, 1, 1, "the file is empty", "begin with `version: 1`");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(depth: 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _diagnostics.Error(CensusCodes.RefusedYaml, (int)second.Start.Line, (int)second.Start.Column, "a second document begins here", "put all wards into one");
        }

        return root;
    }

    private CensusNode? ReadNode(int depth)
    {
        if (_parser.Accept<AnchorAlias>(out var alias))
        {
            Refuse(alias, "aliases (*name) are not read here", "write the value out");
            _parser.MoveNext();
            return null;
        }

        if (_parser.Accept<NodeEvent>(out var start) && (!start.Anchor.IsEmpty || !start.Tag.IsEmpty))
        {
            Refuse(start, "anchors (&name) and tags (!name) are not read here", "leave it out");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return TextAt(scalar);
        }

        if (depth > DeepestNesting)
        {
            Refuse(start!, $"this nests deeper than {DeepestNesting} levels", null);
            _parser.SkipThisAndNestedEvents();
            return null;
        }

        return _parser.TryConsume<SequenceStart>(out var sequence) ? ReadList(sequence, depth) : ReadMap(_parser.Consume<MappingStart>(), depth);
    }

    private CensusNode ReadList(SequenceStart start, int depth)
    {
        var list = NodeAt(CensusNodeKind.List, start);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode(depth + 1) is { } item)
            {
                list.Items.Add(item);
            }
        }

        return list;
    }

    private CensusNode ReadMap(MappingStart start, int depth)
    {
        var map = NodeAt(CensusNodeKind.Map, start);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is { Kind: not CensusNodeKind.Text })
            {
                _diagnostics.Error(CensusCodes.WrongShape, key, "a key must be a word");
            }
            else if (key is not null && value is not null)
            {
                map.Members.Add((key, value));
            }
        }

        return map;
    }

    private void Refuse(ParsingEvent at, string message, string? help) =>
        _diagnostics.Error(CensusCodes.RefusedYaml, (int)at.Start.Line, (int)at.Start.Column, message, help);

    private static CensusNode NodeAt(CensusNodeKind kind, ParsingEvent start) =>
        new() { Kind = kind, Line = (int)start.Start.Line, Column = (int)start.Start.Column };

    private static CensusNode TextAt(Scalar scalar) => new()
    {
        Kind = CensusNodeKind.Text,
        Text = scalar.Value,
        IsPlain = scalar.Style == ScalarStyle.Plain,
        Line = (int)scalar.Start.Line,
        Column = (int)scalar.Start.Column,
        Length = scalar.End.Line == scalar.Start.Line ? Math.Max(1, (int)(scalar.End.Column - scalar.Start.Column)) : 1,
    };
}
