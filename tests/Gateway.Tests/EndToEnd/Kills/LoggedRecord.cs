using System.Text.Json;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>A record as <c>queue dump --all</c> prints it.</summary>
/// <param name="Line">Its place among all records, from 0.</param>
/// <param name="Row">All of it.</param>
/// <param name="Body">What it says.</param>
internal sealed record LoggedRecord(int Line, JsonElement Row, JsonElement Body)
{
    public long Position => Row.GetProperty("position").GetInt64();

    public long Received => Row.GetProperty("received").GetInt64();

    public string Topic => Row.GetProperty("topic").GetString()!;

    /// <summary>A text of the body; empty where there is none.</summary>
    public string Text(string member) => Body.TryGetProperty(member, out var value) ? value.GetString()! : "";

    /// <summary>A number of the body; 0 where there is none.</summary>
    public long Number(string member) => Body.TryGetProperty(member, out var value) ? value.GetInt64() : 0;

    /// <summary>Whether the body has a member.</summary>
    public bool Has(string member) => Body.TryGetProperty(member, out _);
}
