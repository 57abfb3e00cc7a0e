using IoTGateway.Broker.Packets;
using IoTGateway.Queue;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker;

/// <summary>What the broker logs: the life of connections and what is wrong with them. Never a payload, and of a topic only its first level.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(2001, LogLevel.Information, "The MQTT broker has started with {Sessions} known sessions.")]
    public static partial void Started(this ILogger logger, int sessions);

    [LoggerMessage(2002, LogLevel.Information, "The MQTT broker has stopped.")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "{Count} connections did not end in time and were cut.")]
    public static partial void ConnectionsCut(this ILogger logger, int count);

    [LoggerMessage(2004, LogLevel.Information, "Client {ClientId} connected again: its earlier connection is closed.")]
    public static partial void TakenOver(this ILogger logger, string clientId);

    [LoggerMessage(2005, LogLevel.Information, "Client {ClientId} was silent for more than 1.5 times its keep-alive of {KeepAlive} and is disconnected.")]
    public static partial void KeepAliveExpired(this ILogger logger, string clientId, TimeSpan keepAlive);

    [LoggerMessage(2006, LogLevel.Warning, "Client {ClientId} has taken nothing of what is sent to it for {Timeout} and is cut off.")]
    public static partial void ClientTakesNothing(this ILogger logger, string clientId, TimeSpan timeout);

    [LoggerMessage(2007, LogLevel.Warning, "Client {ClientId} is disconnected with reason {Reason}: it does not keep to the MQTT protocol or its limits.")]
    public static partial void ClientBrokeTheProtocol(this ILogger logger, string clientId, ReasonCode reason);

    [LoggerMessage(2008, LogLevel.Warning,
        "A message of client {ClientId} to a topic below {FirstLevel} was refused with reason {Reason}; further ones of this connection are only counted.")]
    public static partial void MessageRefused(this ILogger logger, string clientId, string firstLevel, ReasonCode reason);

    [LoggerMessage(2009, LogLevel.Warning, "Subscriber {ClientId} cannot keep up: its session is ended, so that it knows that it missed something.")]
    public static partial void SubscriberTooSlow(this ILogger logger, string clientId);

    [LoggerMessage(2010, LogLevel.Warning, "Subscribers of readings are too far behind: {Bytes} bytes of the log were not copied to them, and their sessions are ended. The queue's consumers are not affected.")]
    public static partial void CopiesSkipped(this ILogger logger, long bytes);

    [LoggerMessage(2011, LogLevel.Warning, "A connection was refused: there are {Most} already. Raise the limit of connections, or look for clients that connect in a loop.")]
    public static partial void TooManyConnections(this ILogger logger, int most);

    [LoggerMessage(2012, LogLevel.Information, "A CONNECT was refused with reason {Reason}.")]
    public static partial void ConnectRefused(this ILogger logger, ReasonCode reason);

    [LoggerMessage(2013, LogLevel.Warning, "The will of client {ClientId} could not be kept: {Result}.")]
    public static partial void WillNotKept(this ILogger logger, string clientId, AppendResult result);

    [LoggerMessage(2014, LogLevel.Critical, "The MQTT broker has stopped serving, since its {Part} failed. Restart the gateway.")]
    public static partial void PartFailed(this ILogger logger, Exception failure, string part);

    [LoggerMessage(2015, LogLevel.Error, "The log has stopped: nothing is acknowledged any more, and all MQTT connections are closed.")]
    public static partial void LogStopped(this ILogger logger);

    [LoggerMessage(2016, LogLevel.Error, "Readings could not be copied to subscribers, who are disconnected therefore; readings are still taken and kept.")]
    public static partial void CopiesFailed(this ILogger logger, Exception failure);

    [LoggerMessage(2018, LogLevel.Warning, "There are {Most} connections: one that has not sent its CONNECT is closed to make room. Look for clients that connect in a loop.")]
    public static partial void SilentConnectionClosed(this ILogger logger, int most);

    [LoggerMessage(2019, LogLevel.Warning, "{Count} further complaints about clients were not logged: there were too many in a short time.")]
    public static partial void ComplaintsLeftOut(this ILogger logger, long count);

    [LoggerMessage(2021, LogLevel.Warning, "Client {ClientId} has sent a part of a packet and not the rest within {Timeout}, and is disconnected.")]
    public static partial void PacketNotCompleted(this ILogger logger, string clientId, TimeSpan timeout);

    [LoggerMessage(2017, LogLevel.Warning, "A message was left out for client {ClientId}: it is larger than the {Most} bytes that the client takes.")]
    public static partial void MessageTooLargeForClient(this ILogger logger, string clientId, uint most);
}
