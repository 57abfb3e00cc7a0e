using IoTGateway.Alerts;
using IoTGateway.Notifications;
using IoTGateway.Readings;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Who has been told, as a test wants it.</summary>
internal sealed class FakeEscalations : IEscalations
{
    private volatile IReadOnlyList<EscalationStatus> _standing = [];

    public long Version => _standing.Count;

    public IReadOnlyList<string> Troubles { get; set; } = [];

    public IReadOnlyList<ChannelStatus> Channels { get; set; } = [];

    public IReadOnlyList<EscalationStatus> Standing() => _standing;

    /// <summary>Somebody was told, and somebody is next.</summary>
    public FakeEscalations Of(AlertStatus alert, Instant? next, string role, string told, Instant at, PageState state = PageState.Delivered, bool nobody = false, EscalationWait waitsFor = EscalationWait.Nothing)
    {
        var status = new EscalationStatus(
            alert.Episode,
            alert.Ward,
            alert.Patient,
            next is not null || waitsFor is EscalationWait.Pause or EscalationWait.Standby ? new EscalationNext(next, role, waitsFor) : null,
            nobody,
            [new PageStatus("key-" + alert.Episode, 1, "bedside nurse", told, "pager", at, state, at, state == PageState.Failed ? "no answer of the pager's server" : "")]);
        _standing = [.. _standing.Where(each => each.Episode != alert.Episode), status];
        return this;
    }
}
