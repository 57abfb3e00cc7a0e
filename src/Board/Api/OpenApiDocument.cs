using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace IoTGateway.Board.Api;

/// <summary>The OpenAPI document of the HTTP interface, at <c>/api/openapi.json</c>.</summary>
internal static class OpenApiDocument
{
    // The name that stands in for one where the address has none.
    private const string Name = "v1";

    /// <summary>Adds what makes the document.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BoardJson.Default));
        services.AddOpenApi(Name, options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "IoTGateway";
                document.Info.Version = "1";
                document.Info.Description = "What the ward board shows and does. Supplementary information: the bedside alarms stay primary. Times are ISO 8601 in UTC. "
                    + "A POST needs Content-Type: application/json; errors are problem details (RFC 9457) whose 'detail' is a sentence for a person.";

                // Behind a reverse proxy the address seen here is not the one people use: relative to the document is always right.
                document.Servers = [new OpenApiServer { Url = "../" }];
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                // A member that is null is left out of an answer.
                foreach (var property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable))
                {
                    schema.Required?.Remove(property.Name);
                }

                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps its address.</summary>
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/api/openapi.json");
}
