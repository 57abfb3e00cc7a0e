namespace IoTGateway.Queue.Draining;

/// <summary>
/// Takes records to where they belong. At least once and in order of each topic: after a crash, a pause or a failure the same records may come
/// again, so taking them twice has to change nothing.
/// </summary>
public interface ISinkHandler
{
    /// <summary>
    /// Whether it is itself trying again to reach a sink that is away. While it does, the deadline does not run. Read from any thread.
    /// </summary>
    bool IsWaiting => false;

    /// <summary>
    /// Hands records to the sink. Called by one thread a lane: with several lanes, for different topics at once. An exception (other than
    /// <see cref="SinkStoppedException"/>) counts as <see cref="DeliveryOutcome.MessagesFail"/>.
    /// </summary>
    /// <param name="records">The records, in log order; may be none where only the cursor is new. Valid during the call.</param>
    /// <param name="cursor">Once they are delivered, everything before this place is dealt with: what a sink with an own cursor keeps.</param>
    /// <param name="cancellation">
    /// Cancelled after the deadline, at a pause and at the end. The handler must then return soon: until it does, its lane stands still.
    /// </param>
    /// <exception cref="SinkStoppedException">The sink cannot go on at all; its runner stops.</exception>
    ValueTask<Delivery> DeliverAsync(RecordBatch records, LogPosition cursor, CancellationToken cancellation);
}
