namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// Kleene's three truth values, ordered so that <c>and</c> is the smaller and <c>or</c> the greater of two. What cannot be known for want of
/// data is unknown: it starts nothing and clears nothing.
/// </summary>
internal enum Truth : byte
{
    /// <summary>Definitely false.</summary>
    False = 0,

    /// <summary>Not known.</summary>
    Unknown = 1,

    /// <summary>Definitely true.</summary>
    True = 2,
}
