using System.Collections.Concurrent;
using IoTGateway.Notifications.Channels;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A channel's server that does what a test says.</summary>
internal sealed class FakeSender : IPageSender
{
    /// <summary>What it answers.</summary>
    public Func<PageMessage, SendResult> Answer { get; set; } = _ => SendResult.Taken;

    /// <summary>What it has taken: the page's alerts, and whether it was marked.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    /// <summary>The keys of all tries.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    public Task<SendResult> SendAsync(PageMessage message, CancellationToken cancellation)
    {
        Keys.Enqueue(message.Page.Key);
        var answer = Answer(message);
        if (answer.Outcome is SendOutcome.Taken or SendOutcome.Delivered)
        {
            Taken.Enqueue($"{message.Page.Type} {string.Join(',', message.Items.Select(item => item.Episode))}{(message.IsRepeat ? " repeat" : "")}");
        }

        return Task.FromResult(answer);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
