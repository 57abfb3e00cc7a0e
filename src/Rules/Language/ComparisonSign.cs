namespace IoTGateway.Rules.Language;

/// <summary>How two numbers are compared.</summary>
internal enum ComparisonSign
{
    /// <summary>Less than.</summary>
    Less,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>Greater than.</summary>
    Greater,

    /// <summary>At least.</summary>
    AtLeast,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,
}
