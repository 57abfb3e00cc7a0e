namespace IoTGateway.Notifications.Channels;

/// <summary>The way to the server of a channel. Safe from several threads.</summary>
internal interface IPageSender : IDisposable
{
    /// <summary>Tries once. Failures of the network and the server are a result; only a cancellation is thrown.</summary>
    Task<SendResult> SendAsync(PageMessage message, CancellationToken cancellation);
}
