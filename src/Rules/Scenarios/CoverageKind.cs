namespace IoTGateway.Rules;

/// <summary>What scenarios ought to show of a rule set, each by an expectation that is met: what nobody expects may change without being noticed.</summary>
public enum CoverageKind
{
    /// <summary>An alert that is raised.</summary>
    Raised = 0,

    /// <summary>An alert, at each of its levels, with its priority.</summary>
    Level = 1,

    /// <summary>An alert that is over after it was raised.</summary>
    Cleared = 2,

    /// <summary>A limit on both sides of which the value compared with it has been.</summary>
    Limit = 3,

    /// <summary>A row of a score table that gives its points.</summary>
    ScoreRow = 4,

    /// <summary>The message of an alert.</summary>
    Message = 5,

    /// <summary>An alert with <c>latch</c> that waits for a person.</summary>
    Latch = 6,

    /// <summary>A stage of an alert's escalation.</summary>
    Escalation = 7,

    /// <summary>A rule that is only tried, of which nobody is told.</summary>
    Shadow = 8,

    /// <summary>An alert of the technical kind.</summary>
    Technical = 9,

    /// <summary>An alert that another one holds back.</summary>
    HeldBack = 10,
}
