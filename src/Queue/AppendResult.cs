namespace IoTGateway.Queue;

/// <summary>What became of an append.</summary>
public enum AppendResult
{
    /// <summary>It will be durable when its commit completes.</summary>
    Appended = 0,

    /// <summary>Too much waits for the disk: wait for room and try again.</summary>
    NoRoom = 1,

    /// <summary>The topic is new and there are as many topics as allowed.</summary>
    TooManyTopics = 2,

    /// <summary>The record is larger than allowed.</summary>
    TooLarge = 3,

    /// <summary>The log has stopped.</summary>
    Failed = 4,

    /// <summary>It is a reading, and the disk limit is near: wait for space, or refuse it.</summary>
    Full = 5,
}
