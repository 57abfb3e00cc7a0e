namespace IoTGateway.Board.View;

/// <summary>A device at the head of a tile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Online">Whether it is connected; null if it never said.</param>
/// <param name="Text">The same in words.</param>
internal sealed record DeviceChip(string Name, bool? Online, string Text);
