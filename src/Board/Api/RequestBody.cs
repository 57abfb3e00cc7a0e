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

    private static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false };

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
            using var read = await JsonDocument.ParseAsync(request.Body, Strictly, cancellation);
            if (RequestShape.FaultOf(read.RootElement, type) is { } fault)
            {
                return (null, RequestText.Bad(fault));
            }

            if (read.RootElement.Deserialize(type) is { } said)
            {
                return (said, null);
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // Told below. (An invalid operation: half a character pair, which is no text.)
            if (wrong is JsonException { Path: { Length: > 2 } path })
            {
                return (null, RequestText.Bad($"'{path[2..]}' is not of the kind expected: {example}."));
            }
        }
        catch (BadHttpRequestException failure)
        {
            // A body without a length is found to be too long, or cut off, only while it is read.
            return (null, TypedResults.Problem("The body could not be read: it is longer than it may be, or was cut off.", statusCode: failure.StatusCode));
        }

        return (null, RequestText.Bad($"The body is not the JSON expected: {example}."));
    }
}
