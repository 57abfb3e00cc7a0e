using System.Collections.Concurrent;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Does what people order at once, at the fake ward.</summary>
internal sealed class FakeOrders(FakeWard ward) : IOrders
{
    private readonly ConcurrentQueue<(Order Order, string By)> _given = new();

    /// <summary>What was ordered, in order.</summary>
    public IReadOnlyCollection<(Order Order, string By)> Given => _given;

    /// <summary>Answered to the next orders in place of doing them, where set.</summary>
    public OrderAnswer? Answer { get; set; }

    /// <summary>Thrown by the next orders, where set.</summary>
    public Exception? Failure { get; set; }

    public Task<OrderAnswer> GiveAsync(Order order, string by, CancellationToken cancellation)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        _given.Enqueue((order, by));
        if (Answer is not null)
        {
            return Task.FromResult(Answer);
        }

        var answer = new OrderAnswer(OrderOutcome.Unknown, "There is no such alert or patient.");
        ward.Change(() => answer = Do(order, by) ?? answer);
        return Task.FromResult(answer);
    }

    private OrderAnswer? Do(Order order, string by)
    {
        var now = ward.Now;
        switch (order)
        {
            case SilenceAlert silence when ward.BedWith(silence.AlertId) is { } bed:
                var alert = bed.Alerts.Single(each => each.Id == silence.AlertId);
                if (alert.Episode != silence.Episode)
                {
                    return new OrderAnswer(OrderOutcome.Stale, "This alert has changed since you saw it. Look again.");
                }

                bed.Alert(alert with { Silence = new Silence(by, silence.Reason, now, now + silence.For) });
                return Done($"Silenced for {silence.For.TotalSeconds} s.");
            case EndSilence end when ward.BedWith(end.AlertId) is { } bed:
                bed.Alert(bed.Alerts.Single(each => each.Id == end.AlertId) with { Silence = null });
                return Done("It calls again.");
            case PausePatient pause when ward.BedOf(pause.Patient) is { } bed:
                bed.Care = bed.Care with { Pause = new CarePause(by, now, now + pause.For) };
                Hold(bed, PatientHold.Pause);
                return Done($"Paused for {pause.For.TotalMinutes} min.");
            case ResumePatient resume when ward.BedOf(resume.Patient) is { } bed:
                bed.Care = bed.Care with { Pause = null };
                Hold(bed, PatientHold.None);
                return Done("The care pause is over.");
            case StandBy standby when ward.BedOf(standby.Patient) is { } bed:
                bed.Care = bed.Care with { Standby = new Standby(by, standby.Reason, now, now + standby.For) };
                Hold(bed, PatientHold.Standby);
                return Done("The patient is away.");
            case EndStandby end when ward.BedOf(end.Patient) is { } bed:
                bed.Care = bed.Care with { Standby = null };
                Hold(bed, PatientHold.None);
                return Done("The patient is back.");
            case SetLimit set when ward.BedOf(set.Patient) is { } bed:
                var limit = new BedsideLimit(set.Limit, set.Value, by, set.Reason, now, now + set.For);
                bed.Care = bed.Care with { Limits = [.. bed.Care.Limits.Where(each => each.Limit != set.Limit), limit] };
                return Done($"{set.Limit} is {set.Value}.");
            case ClearLimit clear when ward.BedOf(clear.Patient) is { } bed:
                bed.Care = bed.Care with { Limits = [.. bed.Care.Limits.Where(each => each.Limit != clear.Limit)] };
                return Done("The limit of the rule files counts again.");
            case NoteSeen seen when ward.BedOf(seen.Patient) is { } bed:
                bed.Late = null;
                return Done("Noted.");
            case SilenceWard:
                return Done("Silenced what may be.");
            default:
                return null;
        }
    }

    private static void Hold(FakeBed bed, PatientHold hold)
    {
        foreach (var alert in bed.Alerts.ToList())
        {
            bed.Alert(alert with { Hold = hold });
        }
    }

    private static OrderAnswer Done(string sentence) => new(OrderOutcome.Done, sentence);
}
