using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace IoTGateway.Board.Api;

/// <summary>Reads the JSON of a request, or says in a sentence what is wrong with it.</summary>
internal static class RequestBody
{
    /// <summary>What a person does is a few lines; a longer body is refused before it is read (413).</summary>
    public const int SmallBytesMost = 16 * 1024;

    /// <summary>All rule files of a gateway; the loader itself takes 100 files.</summary>
    public const int RulesBytesMost = 4 * 1024 * 1024;

    /// <summary>The request, or the answer that refuses it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">How its JSON is read.</param>
    /// <param name="example">What is expected, for the sentence.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<(T? Said, IResult? Refused)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, string example, CancellationToken cancellation)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(request.Body, type, cancellation) is { } said)
            {
                return (said, null);
            }
        }
        catch (JsonException)
        {
            // Told below.
        }
        catch (BadHttpRequestException failure)
        {
            // A body without a length is found to be too long, or cut off, only while it is read.
            return (null, TypedResults.Problem("The body could not be read: it is longer than it may be, or was cut off.", statusCode: failure.StatusCode));
        }

        return (null, RequestText.Bad($"The body is not the JSON expected: {example}."));
    }
}
