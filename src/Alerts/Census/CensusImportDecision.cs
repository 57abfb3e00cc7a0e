namespace IoTGateway.Alerts.Census;

/// <summary>What becomes of a census file that is there.</summary>
internal enum CensusImportDecision
{
    /// <summary>It is known, or says what the last one said: nothing.</summary>
    Nothing = 0,

    /// <summary>It comes into force.</summary>
    Apply = 1,

    /// <summary>People have changed the census since the last one: a person decides.</summary>
    Waits = 2,
}
