namespace IoTGateway.Board.Http;

/// <summary>One of the page's own files.</summary>
/// <param name="Name">Its name below <c>assets/</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="EntityTag">The quoted hash of its bytes.</param>
internal sealed record Asset(string Name, string ContentType, byte[] Content, string EntityTag);
