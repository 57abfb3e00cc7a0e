using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IoTGateway.Board.Api;

/// <summary>
/// Holds the JSON of a request against what can be said there. A member that nobody knows is a slip of the pen: passed over, it would have something else done
/// than the person meant. A list has no room for "nothing".
/// </summary>
internal static class RequestShape
{
    /// <summary>What is wrong, in a sentence that names the place; null for nothing.</summary>
    /// <param name="said">The JSON.</param>
    /// <param name="type">How it will be read.</param>
    public static string? FaultOf(JsonElement said, JsonTypeInfo type) => FaultOf(said, type, "");

    private static string? FaultOf(JsonElement said, JsonTypeInfo type, string place) => (type.Kind, said.ValueKind) switch
    {
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => said.EnumerateObject().Select(member => OfMember(member, type, place)).FirstOrDefault(fault => fault is not null),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => said.EnumerateArray().Select((item, index) => OfItem(item, type, FormattableString.Invariant($"{place}[{index}]"))).FirstOrDefault(fault => fault is not null),
        _ => null, // A value of another kind is refused by the reader itself.
    };

    private static string? OfMember(JsonProperty member, JsonTypeInfo type, string place)
    {
        var path = place.Length == 0 ? member.Name : $"{place}.{member.Name}";
        return type.Properties.FirstOrDefault(property => property.Name == member.Name) is { } known
            ? FaultOf(member.Value, type.Options.GetTypeInfo(known.PropertyType), path)
            : $"Nothing is known of '{Shown(path)}'. What can be said{(place.Length == 0 ? "" : $" in '{Shown(place)}'")}: {string.Join(", ", type.Properties.Select(property => property.Name))}.";
    }

    private static string? OfItem(JsonElement item, JsonTypeInfo type, string place) => item.ValueKind == JsonValueKind.Null
        ? $"'{place}' is null: leave it out of the list."
        : FaultOf(item, type.Options.GetTypeInfo(type.ElementType!), place);

    private static string Shown(string path) => new([.. path.Take(100).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
