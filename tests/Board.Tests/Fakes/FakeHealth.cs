namespace IoTGateway.Board.Tests.Fakes;

/// <summary>What has stopped, as a test wants it.</summary>
internal sealed class FakeHealth : IGatewayHealth
{
    public IReadOnlyList<string> Stopped { get; init; } = [];

    public IReadOnlyList<string> Degraded { get; init; } = [];
}
