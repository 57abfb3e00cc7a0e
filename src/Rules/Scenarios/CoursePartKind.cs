namespace IoTGateway.Rules.Scenarios;

/// <summary>What a signal does in one part of its course.</summary>
internal enum CoursePartKind
{
    /// <summary>One value, again and again: <c>97 for 30 s</c>.</summary>
    Steady,

    /// <summary>One value, sent once; takes no time: <c>120 once</c>.</summary>
    Once,

    /// <summary>From one value to another in equal steps: <c>falling 95 to 85 over 20 s</c>.</summary>
    Ramp,

    /// <summary>Two values in turn: <c>alternating 88 and 92 every 5 s for 1 min</c>.</summary>
    Alternating,

    /// <summary>Nothing is sent: <c>missing for 4 min</c>.</summary>
    Missing,
}
