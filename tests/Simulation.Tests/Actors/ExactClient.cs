using System.Text;
using IoTGateway.Broker.Sessions;

namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>
/// A device that publishes with QoS 2 and a session that never expires: sends again after each lost connection, reuses its few packet
/// identifiers, now and then begins anew with a clean session. The gateway's side is in the part "Gateway".
/// </summary>
internal sealed partial class ExactClient(string name) : Actor
{
    private const int PacketIdentifiers = 3;

    private readonly byte[] _client = Encoding.UTF8.GetBytes(name);
    private readonly string _topic = $"devices/{name}/vitals";
    private readonly List<ExactMessage> _inFlight = [];
    private readonly Queue<Answer> _answers = [];
    private Session? _session;
    private bool _connected;
    private bool _hasSession;
    private bool _clean;
    private int _number;

    public override void Begin(Life life) => LoseConnection();

    public override void Act(Life life, Random random)
    {
        switch (random.Next(30))
        {
            case 0 or 2 or 3:
                Disconnect(life);
                break;
            case 1:
                Disconnect(life);
                _clean = true;
                break;
            case < 12 when _session is not null && !_connected:
                // Impatient: gives up waiting for CONNACK and connects anew.
                Disconnect(life);
                Continue(life);
                Continue(life);
                break;
            case < 12 when _connected && _inFlight.Count < PacketIdentifiers:
                var payload = new byte[random.Next(4, 60)];
                BitConverter.TryWriteBytes(payload, ++_number);
                _inFlight.Add(new ExactMessage(_number, FreeIdentifier(random), payload));
                break;
            default:
                Continue(life);
                break;
        }
    }

    public override bool Finish(Life life)
    {
        Continue(life);
        return _inFlight.Count > 0 || _answers.Count > 0 || !_connected;
    }

    private void Continue(Life life)
    {
        if (_session is null)
        {
            if (_clean)
            {
                _inFlight.Clear(); // What was under way may have arrived or not; a clean session gives it up.
            }

            Connect(life);
        }
        else if (_answers.TryPeek(out var answer) && answer.Commit is not { IsDurable: false })
        {
            _answers.Dequeue();
            Take(life, answer);
        }
        else if (_connected && _inFlight.Find(message => !message.Sent) is { } next)
        {
            next.Sent = next.Received ? Release(life, next) : Publish(life, next);
        }
    }

    private void Take(Life life, Answer answer)
    {
        if (answer.Kind == AnswerKind.Connected)
        {
            PromiseBrokenException.Unless(
                answer.SessionPresent || _clean || !_hasSession, Promise.SessionIsKept, $"the session of {name} was acknowledged, and now it is not present");
            (_connected, _hasSession, _clean) = (true, true, false);
            return;
        }

        // An answer may come twice, when a packet was sent again before the first answer came.
        if (_inFlight.Find(message => message.PacketIdentifier == answer.PacketIdentifier) is not { } known)
        {
            return;
        }

        if (answer.Kind == AnswerKind.Received && !known.Received)
        {
            PromiseBrokenException.Unless(
                life.History.IsDurable(FormattableString.Invariant($"{name} {known.Number}")),
                Promise.ExactlyOnce, $"message {known.Number} of {name} was acknowledged, but is not in the log");
            (known.Received, known.Sent) = (true, false);
        }
        else if (answer.Kind == AnswerKind.Complete && known.Received)
        {
            _inFlight.Remove(known);
        }
    }

    private void LoseConnection()
    {
        _session = null;
        _connected = false;
        _answers.Clear();
        foreach (var message in _inFlight)
        {
            message.Sent = false;
        }
    }

    private ushort FreeIdentifier(Random random)
    {
        while (true)
        {
            var identifier = (ushort)random.Next(1, PacketIdentifiers + 1);
            if (_inFlight.TrueForAll(message => message.PacketIdentifier != identifier))
            {
                return identifier;
            }
        }
    }
}
