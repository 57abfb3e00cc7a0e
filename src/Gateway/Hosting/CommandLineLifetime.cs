namespace IoTGateway.Hosting;

/// <summary>The command line handles Ctrl-C and SIGTERM; the web host only follows.</summary>
internal sealed class CommandLineLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
