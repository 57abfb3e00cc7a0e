using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>The other end of a channel, as a process of its own.</summary>
internal sealed class Receiver : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly OutsideProcess _process;

    private Receiver(string kind, int port, TimeSpan thinksFor, params string[] more)
    {
        Port = port;
        _process = new OutsideProcess(
            Path.Combine(AppContext.BaseDirectory, "notification-receivers"),
            [kind, port.ToString(CultureInfo.InvariantCulture), ((int)thinksFor.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), .. more]);
    }

    public int Port { get; }

    public Uri Pages => new($"http://127.0.0.1:{Port}/pages");

    /// <summary>What it has taken, in order.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Taken =>
        [.. _process.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<Dictionary<string, string>>(line)!)];

    public static Task<Receiver> StartAsync(string kind, int? port = null) => StartAsync(kind, TimeSpan.Zero, port);

    /// <summary>Starts one that answers so long after it has taken a page.</summary>
    public static Task<Receiver> StartAsync(string kind, TimeSpan thinksFor, int? port = null) => ListeningAsync(new Receiver(kind, port ?? FreePort(), thinksFor));

    private static async Task<Receiver> ListeningAsync(Receiver receiver)
    {
        await Eventually.HoldsAsync("the receiver listens", Deadline, () => receiver._process.Output.Contains("listening", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Starts a mail server with STARTTLS and a user.</summary>
    public static Task<Receiver> StartMailAsync(string certificateFile, string user, string password) =>
        ListeningAsync(new Receiver("smtp", FreePort(), TimeSpan.Zero, certificateFile, user, password));

    public async Task AnswerAsync(int status)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{Port}/answer"), new StringContent(status.ToString(CultureInfo.InvariantCulture)), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public Task TookAsync(int count) => Eventually.HoldsAsync($"{count} pages are taken", Deadline, () => Taken.Count >= count, TestContext.Current.CancellationToken);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _process.Dispose();
}
