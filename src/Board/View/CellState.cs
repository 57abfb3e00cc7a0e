using System.Text.Json.Serialization;

namespace IoTGateway.Board.View;

/// <summary>Whether a shown number may be read as the present one.</summary>
internal enum CellState
{
    /// <summary>Young enough.</summary>
    [JsonStringEnumMemberName("fresh")]
    Fresh = 0,

    /// <summary>Too old: the number is kept, greyed, with its time.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale = 1,

    /// <summary>Far too old: "--", and the last number in small with its time.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired = 2,

    /// <summary>The newest sample is no value (sensor off), or there never was one.</summary>
    [JsonStringEnumMemberName("none")]
    None = 3,
}
