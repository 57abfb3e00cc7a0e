using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IoTGateway.Tests.Support.Mutants;

/// <summary>
/// Compiles part of the product and the test that looks at it into one assembly in memory, with or without a mistake in it. Its sources are part of
/// each test project that needs it, so that the others do not depend on the compiler.
/// </summary>
internal sealed class MutantCompiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private readonly Dictionary<string, string> _sources;
    private readonly CSharpCompilation _sound;

    /// <summary>Reads the sources.</summary>
    /// <param name="assembly">The name of the assembly, by which others let it see what is internal; the types compiled here stand before its own.</param>
    /// <param name="sources">The folders of the sources, or single files, from the repository's root.</param>
    /// <param name="replaced">Assemblies (file names) whose sources are among them.</param>
    /// <param name="leftOut">Files and folders that are not needed or need more than a compiler; tests and mutants are left out anyway.</param>
    /// <param name="globalUsings">Namespaces that the projects use everywhere, beside the usual ones.</param>
    public MutantCompiler(string assembly, string[] sources, string[] replaced, string[] leftOut, params string[] globalUsings)
    {
        _sources = sources
            .Select(Repository.PathOf)
            .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
                && !path.Contains("/Mutants/", StringComparison.Ordinal)
                && !path.EndsWith("Tests.cs", StringComparison.Ordinal)
                && !leftOut.Any(part => path.Contains($"/{part}", StringComparison.Ordinal)))
            .ToDictionary(path => path, File.ReadAllText, StringComparer.Ordinal);
        string[] namespaces =
            ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks", .. globalUsings];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !replaced.Contains(Path.GetFileName(path), StringComparer.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _sound = CSharpCompilation.Create(
            assembly,
            [
                .. _sources.Select(source => Parse(source.Value, source.Key)),
                Parse(string.Concat(namespaces.Select(name => $"global using {name};\n")), "GlobalUsings.cs"),
            ],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The mutants whose original text does not stand exactly once in its file, in words.</summary>
    public IReadOnlyList<string> Misplaced(IEnumerable<Mutant> mutants) =>
        [.. mutants.Select(mutant => (mutant, count: Occurrences(mutant))).Where(it => it.count != 1).Select(it => $"{it.mutant.Name}: {it.count}")];

    /// <summary>A public static method of an assembly that has the mistake in it; without a mutant, of one that has none.</summary>
    /// <param name="mutant">The mistake.</param>
    /// <param name="type">The full name of the type.</param>
    /// <param name="method">The method's name.</param>
    public TDelegate Compile<TDelegate>(Mutant? mutant, string type, string method)
        where TDelegate : Delegate
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
        return assembly.GetType(type)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<TDelegate>();
    }

    private int Occurrences(Mutant mutant) =>
        _sources.TryGetValue(Repository.PathOf(mutant.File), out var text) ? text.Split(mutant.Original).Length - 1 : 0;

    private CSharpCompilation Mutate(Mutant mutant)
    {
        var path = Repository.PathOf(mutant.File);
        var mutated = Parse(_sources[path].Replace(mutant.Original, mutant.Replacement, StringComparison.Ordinal), path);
        return _sound.ReplaceSyntaxTree(_sound.SyntaxTrees.Single(tree => tree.FilePath == path), mutated);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);
}
