namespace IoTGateway.Queue;

/// <summary>Whether an append starts a group commit.</summary>
public enum Urgency
{
    /// <summary>Somebody waits for it: commit as soon as the writer is free.</summary>
    Now = 0,

    /// <summary>Nobody waits: ride along with the next commit, or start one after a second.</summary>
    RideAlong = 1,
}
