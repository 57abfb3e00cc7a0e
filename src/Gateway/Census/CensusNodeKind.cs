namespace IoTGateway.Census;

/// <summary>What stands at a place of the file.</summary>
internal enum CensusNodeKind
{
    /// <summary>A word or number, or nothing at all.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys with values.</summary>
    Map,
}
