namespace IoTGateway.Rules.Files;

/// <summary>The three shapes of YAML.</summary>
internal enum ConfigKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>Keys with values.</summary>
    Mapping,
}
