using System.Globalization;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Keeps observations and shows them at the bed.</summary>
internal sealed class FakeObservations(FakeWard ward) : IObservations
{
    private readonly Lock _lock = new();
    private readonly List<Observation> _kept = [];

    public Task<ObservationAnswer> RecordAsync(ObservationEntry entry, string by, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var id = "obs-" + (_kept.Count + 1).ToString(CultureInfo.InvariantCulture);
            return Task.FromResult(Keep(new Observation(id, entry.Patient!, entry.Taken ?? ward.Now, by, entry.Values, entry.Note ?? "") { Recorded = ward.Now }, "Recorded."));
        }
    }

    public Task<ObservationAnswer> CorrectAsync(string id, int revision, ObservationEntry entry, string by, CancellationToken cancellation) => Task.FromResult(Change(
        id, revision, old => old with { Taken = entry.Taken ?? old.Taken, By = by, Values = entry.Values, Note = entry.Note ?? old.Note, Revision = old.Revision + 1, Recorded = ward.Now }, "Corrected."));

    public Task<ObservationAnswer> RetractAsync(string id, int revision, string reason, string by, CancellationToken cancellation) =>
        Task.FromResult(Change(id, revision, old => old with { Retracted = reason, Revision = old.Revision + 1, Recorded = ward.Now }, "Taken back."));

    public IReadOnlyList<Observation> Of(string patient)
    {
        lock (_lock)
        {
            return [.. _kept.Where(each => each.Patient == patient).OrderByDescending(each => each.Taken)];
        }
    }

    /// <summary>Temperature, consciousness and the pressure by cuff are what people bring here: no fake device sends them.</summary>
    public IReadOnlyList<DueObservation> Due(string patient) =>
        [.. ward.Snapshot().Tiles.Where(tile => tile.Patient == patient).SelectMany(tile => tile.Values)
            .Where(value => value.Signal.Id is "temp" or "avpu" or "sbp" && value.Signal.ValidFor is not null)
            .Select(value => new DueObservation(value.Signal, value.Time, value.Time + value.Signal.ValidFor!.Value))];

    private ObservationAnswer Change(string id, int revision, Func<Observation, Observation> change, string sentence)
    {
        lock (_lock)
        {
            if (_kept.FirstOrDefault(each => each.Id == id) is not { } old)
            {
                return new ObservationAnswer(OrderOutcome.Unknown, "There is no such observation.", null);
            }

            if (old.Revision != revision)
            {
                return new ObservationAnswer(OrderOutcome.Stale, "Somebody has changed it since you saw it. Look again.", old);
            }

            _kept.Remove(old);
            return Keep(change(old), sentence);
        }
    }

    private ObservationAnswer Keep(Observation observation, string sentence)
    {
        _kept.Add(observation);
        ward.Change(() =>
        {
            if (observation.Retracted is null && ward.BedOf(observation.Patient) is { } bed)
            {
                foreach (var value in observation.Values)
                {
                    bed.HadAt(value.Signal, value.Value, observation.Taken);
                }
            }
        });
        return new ObservationAnswer(OrderOutcome.Done, sentence, observation);
    }
}
