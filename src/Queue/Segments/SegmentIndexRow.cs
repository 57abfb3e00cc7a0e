namespace IoTGateway.Queue.Segments;

/// <summary>What one sealed segment holds of one topic.</summary>
/// <param name="Topic">The topic's number.</param>
/// <param name="Count">How many records.</param>
/// <param name="First">The first sequence number.</param>
/// <param name="Last">The last sequence number.</param>
/// <param name="FirstFrame">The address of the frame that holds the first.</param>
internal readonly record struct SegmentIndexRow(uint Topic, int Count, long First, long Last, long FirstFrame);
