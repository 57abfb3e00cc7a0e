using System.Text.Json.Nodes;

namespace IoTGateway.Board.Tests.Feed;

/// <summary>Reads server-sent events as a browser does.</summary>
internal sealed class EventReader(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    /// <summary>The next event, or null at the end of the stream.</summary>
    public async Task<(string Kind, JsonNode Data)?> NextAsync(CancellationToken cancellation)
    {
        var kind = "message";
        while (await _reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (kind, JsonNode.Parse(line["data: ".Length..])!);
            }
        }

        return null;
    }

    public void Dispose() => _reader.Dispose();
}
