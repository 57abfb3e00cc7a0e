namespace IoTGateway.Rules.Language;

/// <summary>What is asked of the valid values of one signal within a window of time.</summary>
internal enum WindowFunction
{
    /// <summary>Their mean.</summary>
    Average,

    /// <summary>The least of them.</summary>
    Lowest,

    /// <summary>The greatest of them.</summary>
    Highest,

    /// <summary>How far the present value lies above the least of them.</summary>
    Rise,

    /// <summary>How far the present value lies below the greatest of them.</summary>
    Fall,

    /// <summary>How many they are.</summary>
    Count,
}
