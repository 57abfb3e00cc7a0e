using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IoTGateway.Broker.WebSockets;

/// <summary>MQTT over WebSocket (MQTT 3.1.1 and 5, 6), for clients that cannot open a socket of their own.</summary>
public static class MqttWebSocketEndpoint
{
    /// <summary>Where it is found, and the name of the subprotocol (MQTT 5, 6.0.0).</summary>
    private const string Path = "/mqtt", Subprotocol = "mqtt";

    /// <summary>
    /// Maps <c>/mqtt</c> on the HTTP endpoints. The same broker serves the connection, with the same rules as any other; a page of another
    /// origin is refused, since a browser would let it speak with the rights of whoever looks at it.
    /// </summary>
    public static IEndpointConventionBuilder MapMqttWebSocket(this WebApplication application, MqttBroker broker)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(broker);
        application.UseWebSockets();
        return application.MapGet(Path, (HttpContext context) => ServeAsync(context, broker)).ExcludeFromDescription();
    }

    private static async Task ServeAsync(HttpContext context, MqttBroker broker)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is MQTT over WebSocket: connect with ws:// and the subprotocol mqtt.");
        }
        else if (!context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Ask for the WebSocket subprotocol mqtt.");
        }
        else if (IsForeign(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This request comes from a page of another origin.");
        }
        else
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = Subprotocol, KeepAliveInterval = TimeSpan.Zero }); // MQTT has its own.
            await new WebSocketTransport(socket, broker.Clock).RunAsync(broker.ServeAsync, context.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence);
    }

    /// <summary>Whether a browser says that the request comes from another page; a program that is no browser says nothing.</summary>
    private static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || !request.Host.HasValue
                || !string.Equals(uri.Authority, request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase));
    }
}
