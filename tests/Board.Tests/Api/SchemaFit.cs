using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTGateway.Board.Tests.Api;

/// <summary>Holds a JSON value against a schema of an OpenAPI 3.1 document: types, required and unknown members, references. A member that the schema does not know is a misfit.</summary>
internal sealed class SchemaFit(JsonNode document)
{
    public IEnumerable<string> Misfits(JsonNode schema, JsonNode? value, string place)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Misfits(choice!, value, place).Any()) ? [] : [$"{place} is none of {choices.Count} choices"];
        }

        var types = schema["type"] is JsonArray several ? [.. several.Select(type => (string)type!)] : schema["type"] is { } one ? new[] { (string)one! } : [];
        if (types.Length > 0 && !types.Any(type => Is(type, value)))
        {
            return [$"{place} is {value?.GetValueKind().ToString() ?? "null"}, not {string.Join(" or ", types)}"];
        }

        return value switch
        {
            JsonObject members => OfMembers(schema, members, place),
            JsonArray items when schema["items"] is { } item => items.SelectMany((each, index) => Misfits(item, each, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"))),
            _ => [],
        };
    }

    private IEnumerable<string> OfMembers(JsonNode schema, JsonObject members, string place)
    {
        var known = schema["properties"]?.AsObject();
        foreach (var name in schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
        {
            if (!members.ContainsKey(name))
            {
                yield return $"{place}.{name} is missing";
            }
        }

        foreach (var (name, value) in members)
        {
            if (known?[name] is not { } property)
            {
                if (known is not null)
                {
                    yield return $"{place}.{name} is not in the schema";
                }

                continue;
            }

            foreach (var misfit in Misfits(property, value, $"{place}.{name}"))
            {
                yield return misfit;
            }
        }
    }

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => value!.GetValue<double>() % 1 == 0,
        _ => false,
    };
}
