namespace IoTGateway.Queue;

/// <summary>
/// Somebody who is told when a commit has completed, whether it succeeded or failed. Costs nothing per wait, unlike a task's continuation:
/// for those who wait for every commit. Waits for one commit at a time.
/// </summary>
public abstract class CommitWaiter
{
    /// <summary>The next in the list of the commit that this one waits for.</summary>
    internal CommitWaiter? Next;

    /// <summary>The commit has completed. Must neither block nor throw: others are told after it, in the same thread.</summary>
    public abstract void CommitCompleted();
}
