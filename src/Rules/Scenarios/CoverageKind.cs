namespace IoTGateway.Rules;

/// <summary>What scenarios ought to show of a rule set.</summary>
public enum CoverageKind
{
    /// <summary>An alert that is raised.</summary>
    Raised = 0,

    /// <summary>A level of an alert that is reached.</summary>
    Level = 1,

    /// <summary>An alert that ends after it was raised.</summary>
    Cleared = 2,

    /// <summary>A limit on both sides of which the value compared with it has been.</summary>
    Limit = 3,

    /// <summary>A row of a score table that gives its points.</summary>
    ScoreRow = 4,
}
