namespace IoTGateway.Rules.Checking;

/// <summary>What a condition can be.</summary>
[Flags]
internal enum Outcomes
{
    /// <summary>Neither: it is unknown.</summary>
    None = 0,

    /// <summary>True.</summary>
    True = 1,

    /// <summary>False.</summary>
    False = 2,
}
