using IoTGateway.Queue;

namespace IoTGateway.Broker.Sessions;

/// <summary>What became of the begin of a session.</summary>
/// <param name="Result">Appended (or nothing had to be), or why not.</param>
/// <param name="Session">The session; null where it could not begin.</param>
/// <param name="Present">Whether it existed before: the session-present flag of CONNACK.</param>
/// <param name="Replaced">The earlier session of the client, where that has ended by this; null otherwise.</param>
/// <param name="Commit">When the begin is durable; null where nothing had to be written.</param>
internal readonly record struct SessionBegin(AppendResult Result, Session? Session, bool Present, Session? Replaced, Commit? Commit);
