namespace IoTGateway.Board.View;

/// <summary>The whole board at one moment.</summary>
/// <param name="Header">What stands around the tiles.</param>
/// <param name="Beds">The tiles in their fixed order.</param>
internal sealed record WardPicture(HeaderView Header, IReadOnlyList<BedView> Beds);
