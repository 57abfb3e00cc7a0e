using System.Text;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Simulation.Tests.Actors;

/// <content>What the gateway's connection does with the packets of this client, over the broker's own sessions and their projection.</content>
internal sealed partial class ExactClient
{
    private void Connect(Life life)
    {
        var begin = life.Sessions.TryBegin(name, _clean, SessionRecord.NeverExpires);
        if (begin.Result == AppendResult.Appended)
        {
            _session = begin.Session;
            _answers.Enqueue(new Answer(AnswerKind.Connected, 0, begin.Commit, begin.Present));
        }
    }

    private void Disconnect(Life life)
    {
        if (_session is not null)
        {
            life.Sessions.TryDisconnect(_session, SessionRecord.NeverExpires);
        }

        LoseConnection();
    }

    private bool Publish(Life life, ExactMessage message)
    {
        if (_session!.Open.TryGetValue(message.PacketIdentifier, out var known))
        {
            _answers.Enqueue(new Answer(AnswerKind.Received, message.PacketIdentifier, known.Commit));
            return true;
        }

        var head = new byte[PublishRecord.HeadSizeBytes(2, _client.Length, 0)];
        PublishRecord.WriteHead(head, 2, retain: false, message.PacketIdentifier, _client, default);
        if (life.Log.TryAppend(RecordKind.Reading, Encoding.UTF8.GetBytes(_topic), head, message.Payload, out var commit) != AppendResult.Appended)
        {
            return false;
        }

        life.History.Append(commit!, (RecordKind.Reading, _topic, [.. head, .. message.Payload]));
        _session.Open.Add(message.PacketIdentifier, new OpenMessage(commit, Logged: true));
        _answers.Enqueue(new Answer(AnswerKind.Received, message.PacketIdentifier, commit));
        return true;
    }

    private bool Release(Life life, ExactMessage message)
    {
        if (_session!.Open.ContainsKey(message.PacketIdentifier))
        {
            var head = new byte[2];
            ReleaseRecord.WriteHead(head, message.PacketIdentifier);
            if (life.Log.TryAppend(RecordKind.Release, default, head, _client, out var commit) != AppendResult.Appended)
            {
                return false;
            }

            life.History.Append(commit!, (RecordKind.Release, null, [.. head, .. _client]));
            _session.LastRelease = commit;
            _session.Open.Remove(message.PacketIdentifier);
        }

        _answers.Enqueue(new Answer(AnswerKind.Complete, message.PacketIdentifier, _session.LastRelease));
        return true;
    }
}
