namespace IoTGateway.Commands;

/// <summary>A row of <c>queue list</c>.</summary>
internal sealed record QueueListRow(string Topic, long Records, string Consumer, long Depth, double? OldestAgeSeconds);
