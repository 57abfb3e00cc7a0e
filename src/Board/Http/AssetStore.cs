using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace IoTGateway.Board.Http;

/// <summary>The page's own files, read once from the assembly. There are no others: nothing is fetched from another host.</summary>
internal sealed class AssetStore
{
    private const string Prefix = "assets/";

    private readonly FrozenDictionary<string, Asset> _assets;

    /// <summary>Reads the files.</summary>
    public AssetStore()
    {
        var assembly = typeof(AssetStore).Assembly;
        _assets = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                var shortName = name[Prefix.Length..];
                return new Asset(shortName, ContentTypeOf(shortName), content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");
            })
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
        var tags = string.Concat(_assets.Values.OrderBy(asset => asset.Name, StringComparer.Ordinal).Select(asset => asset.Name + asset.EntityTag));
        Build = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tags)))[..16];
    }

    /// <summary>A hash of all files; a page that runs with other files than these loads itself anew.</summary>
    public string Build { get; }

    /// <summary>The file of this name; null if there is none.</summary>
    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The embedded file '{name}' is of an unknown kind '{other}': name its media type here."),
    };
}
