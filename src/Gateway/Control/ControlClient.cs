using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;

namespace IoTGateway.Control;

/// <summary>Asks the running gateway.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _dataDirectory;

    public ControlClient(string dataDirectory)
    {
        _dataDirectory = Path.GetFullPath(dataDirectory);
        var socketPath = DataLayout.ControlSocket(_dataDirectory);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            BaseAddress = new Uri("http://gateway/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The queues of the running gateway; null if none runs on these data.</summary>
    public Task<QueueListing?> TryListAsync(string? topic, CancellationToken cancellation) =>
        TryGetAsync(topic is null ? "queues" : "queues?topic=" + Uri.EscapeDataString(topic), ControlJson.Default.QueueListing, cancellation);

    /// <summary>The alerts of the running gateway; null if none runs on these data.</summary>
    public Task<IReadOnlyList<AlertRow>?> TryListAlertsAsync(CancellationToken cancellation) => TryGetAsync("alerts", ControlJson.Default.IReadOnlyListAlertRow, cancellation);

    /// <summary>Asks for something to be done with an alert.</summary>
    /// <exception cref="UserErrorException">No gateway runs on these data.</exception>
    public Task<ControlAnswer> AskOfAlertsAsync(string what, ControlRequest request, CancellationToken cancellation) => PostAsync($"alerts/{what}", request, cancellation);

    /// <summary>Asks for something to be done with a consumer.</summary>
    /// <exception cref="UserErrorException">No gateway runs on these data.</exception>
    public Task<ControlAnswer> AskAsync(string consumer, string what, ControlRequest request, CancellationToken cancellation) =>
        PostAsync($"consumers/{Uri.EscapeDataString(consumer)}/{what}", request, cancellation);

    /// <summary>Asks for something to be done with the rule sets.</summary>
    /// <exception cref="UserErrorException">No gateway runs on these data.</exception>
    public Task<ControlAnswer> AskOfRulesAsync(string what, ControlRequest request, CancellationToken cancellation) => PostAsync($"rules/{what}", request, cancellation);

    /// <summary>Asks for something to be done with the census file that waits.</summary>
    /// <exception cref="UserErrorException">No gateway runs on these data.</exception>
    public Task<ControlAnswer> AskOfCensusAsync(string what, ControlRequest request, CancellationToken cancellation) => PostAsync($"census/{what}", request, cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<T?> TryGetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await _http.GetFromJsonAsync(path, type, cancellation);
        }
        catch (HttpRequestException failure) when (failure.InnerException is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null; // The path is too long for a socket, so no gateway listens there either.
        }
    }

    private async Task<ControlAnswer> PostAsync(string path, ControlRequest request, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(path, request, ControlJson.Default.ControlRequest, cancellation);
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync(ControlJson.Default.ControlAnswer, cancellation))!;
        }
        catch (HttpRequestException failure)
        {
            throw new UserErrorException(
                $"No gateway answers for {_dataDirectory}. Start one with: iotgateway run --data {_dataDirectory}, or name the directory of the one that runs with --data.", failure);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw new UserErrorException($"The path of {_dataDirectory} is too long for the gateway's control socket; use a shorter data directory.", failure);
        }
    }
}
