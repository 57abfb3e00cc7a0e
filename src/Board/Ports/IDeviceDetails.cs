namespace IoTGateway.Board.Ports;

/// <summary>What is known of devices beside their readings. Safe from any thread.</summary>
public interface IDeviceDetails
{
    /// <summary>The devices of which anything is known.</summary>
    IReadOnlyList<DeviceDetails> All();

    /// <summary>The newest messages of devices that could not be used. Reads the log, so it may take a second.</summary>
    /// <param name="atMost">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<IReadOnlyList<DeviceReject>> RejectsAsync(int atMost, CancellationToken cancellation);
}
