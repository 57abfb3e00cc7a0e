using IoTGateway.Rules.Language;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IoTGateway.Rules.Files;

/// <summary>
/// Reads a YAML file into nodes with positions, within hard limits. Only the plain part of YAML is taken: what could make a small file large
/// (anchors, aliases) or give text a type (tags) is refused.
/// </summary>
internal sealed class YamlReader
{
    private const int LargestFile = 512 * 1024;
    private const int MostEvents = 50_000;
    private const int DeepestNesting = 16;

    private readonly string _what;
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private int _events;

    private YamlReader(SourceText source, DiagnosticBag diagnostics, string what)
    {
        _what = what;
        _source = source;
        _diagnostics = diagnostics;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The file's one document; null if it is empty or cannot be read, which is then reported.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="what">What the file is, in words.</param>
    public static ConfigNode? Read(SourceText source, DiagnosticBag diagnostics, string what = "a rule file")
    {
        if (source.Text.Length > LargestFile)
        {
            diagnostics.HasUnreadableFile = true;
            diagnostics.Add(
                source.At(0, 1, true, Codes.TooLarge, $"{what} has at most {LargestFile / 1024} KiB", "split it into several files"));
            return null;
        }

        if (YamlTraps.FindTab(source) is { } tab)
        {
            diagnostics.HasUnreadableFile = true;
            diagnostics.Add(tab);
            return null;
        }

        try
        {
            return new YamlReader(source, diagnostics, what).ReadStream();
        }
        catch (YamlException failure)
        {
            diagnostics.HasUnreadableFile = true;
            diagnostics.Add(YamlTraps.Explain(source, failure));
        }
        catch (StoppedException)
        {
            diagnostics.HasUnreadableFile = true;
        }

        return null;
    }

    private ConfigNode? ReadStream()
    {
        Next();
        if (Next() is StreamEnd)
        {
            return null;
        }

        var root = ReadNode(Next(), depth: 1);
        Next();
        var behind = Next();
        return behind is StreamEnd
            ? root
            : throw Stop(behind, Codes.YamlFeature, $"{_what} holds one document", "remove the line `---` or split the file");
    }

    private ConfigNode ReadNode(ParsingEvent first, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Stop(first, Codes.TooLarge, $"{_what} nests at most {DeepestNesting} deep", null);
        }

        if (first is AnchorAlias)
        {
            throw Stop(first, Codes.YamlFeature, $"{_what} has no aliases (`*name`)", "put a text that begins with `*` in quotes");
        }

        if (first is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Stop(first, Codes.YamlFeature, $"{_what} has no anchors (`&name`)", "put a text that begins with `&` in quotes");
        }

        if (first is NodeEvent { Tag.IsEmpty: false })
        {
            throw Stop(first, Codes.YamlFeature, $"{_what} has no tags (`!name`)", "put a text that begins with `!` in quotes");
        }

        switch (first)
        {
            case Scalar scalar:
                return new ConfigNode(_source, ConfigKind.Text, (int)scalar.Start.Index, scalar.Value, scalar.Style);
            case SequenceStart start:
                var list = new ConfigNode(_source, ConfigKind.List, (int)start.Start.Index, "", ScalarStyle.Any);
                for (var item = Next(); item is not SequenceEnd; item = Next())
                {
                    list.Items.Add(ReadNode(item, depth + 1));
                }

                return list;
            case MappingStart start:
                return ReadMapping(start, depth);
            default:
                throw Stop(first, Codes.Yaml, "this is not a value", null);
        }
    }

    private ConfigNode ReadMapping(MappingStart start, int depth)
    {
        var mapping = new ConfigNode(_source, ConfigKind.Mapping, (int)start.Start.Index, "", ScalarStyle.Any);
        var known = new Dictionary<string, ConfigNode>(StringComparer.Ordinal);
        for (var item = Next(); item is not MappingEnd; item = Next())
        {
            var key = ReadNode(item, depth + 1);
            var value = ReadNode(Next(), depth + 1);
            if (key.Kind != ConfigKind.Text)
            {
                _diagnostics.Error(key, Codes.Shape, "a key is a single word or text", "put a text that begins with `[` or `{` in quotes");
            }
            else if (!known.TryAdd(key.Text, key))
            {
                _diagnostics.Error(
                    key, Codes.DuplicateKey, $"`{key.Text}` stands here twice",
                    $"it stands in line {_source.LineOf(known[key.Text].Start)} already; keep one of them");
            }
            else
            {
                mapping.Entries.Add(new(key, value));
            }
        }

        return mapping;
    }

    private ParsingEvent Next()
    {
        if (!MoveNext() || _parser.Current is not { } current)
        {
            throw new YamlException("the file ends too early");
        }

        return current is Comment ? Next()
            : ++_events <= MostEvents ? current
            : throw Stop(current, Codes.TooLarge, $"{_what} has at most {MostEvents} parts", "split it into several files");
    }

    /// <summary>The parser answers some malformed files with exceptions of its inner workings instead of its own; to the reader all are one.</summary>
    private bool MoveNext()
    {
        var reached = _parser.Current?.End ?? Mark.Empty;
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException or OverflowException
            or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException)
        {
            throw new YamlException(reached, reached, "what follows here cannot be read", failure);
        }
    }

    private StoppedException Stop(ParsingEvent at, string code, string message, string? help)
    {
        _diagnostics.Add(_source.At((int)at.Start.Index, 1, true, code, message, help));
        return new StoppedException();
    }

    /// <summary>Ends the reading of a file whose mistake has been reported.</summary>
    private sealed class StoppedException : Exception;
}
