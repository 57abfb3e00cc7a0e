using System.Reflection;
using System.Runtime.Loader;
using IoTGateway.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IoTGateway.Simulation.Tests.Mutants;

/// <summary>Compiles the log, the broker's sessions and the simulation into one assembly in memory, with or without a mistake in them.</summary>
internal sealed class MutantCompiler
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);
    private static readonly string[] ReplacedAssemblies = ["IoTGateway.Queue.dll", "IoTGateway.Simulation.Tests.dll"];

    private readonly Dictionary<string, string> _sources;
    private readonly CSharpCompilation _sound;

    public MutantCompiler()
    {
        _sources = Sources().ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !ReplacedAssemblies.Contains(Path.GetFileName(path), StringComparer.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _sound = CSharpCompilation.Create(
            "IoTGateway.Simulation.Tests", // The broker lets it see what is internal; the types that are compiled here stand before its own.
            [.. _sources.Select(source => Parse(source.Value, source.Key)), Parse(GlobalUsings, "GlobalUsings.cs")],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>How often the mutant's original text stands in its file; only once will do.</summary>
    public int Occurrences(Mutant mutant) =>
        _sources.TryGetValue(Repository.PathOf(mutant.File), out var text) ? text.Split(mutant.Original).Length - 1 : 0;

    /// <summary>The soak of an assembly that has the mistake in it; without a mutant, of one that has none.</summary>
    public Func<int, int, TimeSpan, (int Runs, string? Broken, string Tally)> Compile(Mutant? mutant)
    {
        var compilation = mutant is null ? _sound : Mutate(mutant);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(
                $"'{mutant?.Name}' does not compile: {result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(mutant?.Name, isCollectible: true).LoadFromStream(image);
        return assembly.GetType(typeof(Soak).FullName!)!
            .GetMethod(nameof(Soak.Run), BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<int, int, TimeSpan, (int, string?, string)>>();
    }

    private CSharpCompilation Mutate(Mutant mutant)
    {
        var path = Repository.PathOf(mutant.File);
        var mutated = Parse(_sources[path].Replace(mutant.Original, mutant.Replacement, StringComparison.Ordinal), path);
        return _sound.ReplaceSyntaxTree(_sound.SyntaxTrees.Single(tree => tree.FilePath == path), mutated);
    }

    private static readonly string[] Folders = ["src/Queue", "src/Broker/Sessions", "tests/Simulation.Tests"];

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);

    /// <summary>The real disk needs a source generator and is not used here; the tests themselves need a runner.</summary>
    private static IEnumerable<string> Sources() =>
        Folders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/Mutants/", StringComparison.Ordinal)
                && !path.EndsWith("Tests.cs", StringComparison.Ordinal)
                && Path.GetFileName(path) != "RealDisk.cs");
}
