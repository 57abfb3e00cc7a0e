using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;

namespace IoTGateway.Simulation.Tests;

/// <content>What is held against a log that was opened after a crash, or looked at while it is in use.</content>
internal sealed partial class History
{
    /// <summary>Everything that was durable is there unchanged, nothing acknowledged is missing, no batch is cut; then forgets what is lost.</summary>
    public void CheckRecovered(DurableLog log, SessionProjection sessions, DigestProjection digest)
    {
        using (var reader = log.OpenReader(log.Start, RecordKinds.All))
        {
            var index = FirstAt(log.Start);
            while (index < _durable.Count && reader.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    if (index < _durable.Count)
                    {
                        CheckSame(DurableRecord.From(record), _durable[index], Promise.AcknowledgedIsKept);
                        index++;
                    }
                    else
                    {
                        TakeIn(record);
                        index = _durable.Count;
                    }
                }
            }

            PromiseBrokenException.Unless(index == _durable.Count, Promise.AcknowledgedIsKept, $"the log ends before {(index < _durable.Count ? _durable[index] : null)}");
            Observe(reader);
        }

        ForgetLost();
        CheckState(log, sessions, digest);
    }

    /// <summary>A snapshot holds everything that was durable when it was taken, and beyond that only what is on its way.</summary>
    public void CheckSnapshot(LogSnapshot snapshot)
    {
        using var reader = snapshot.OpenReader(RecordKinds.All);
        var index = -1;
        var next = _matched;
        while (reader.TryRead(out var frame))
        {
            foreach (var read in frame)
            {
                var record = DurableRecord.From(read);
                index = index < 0 ? FirstAt(record.Position) : index;
                if (index < _durable.Count)
                {
                    CheckSame(record, _durable[index++], Promise.SnapshotIsConsistent);
                }
                else if (IsAppendedByUs(record.Kind))
                {
                    PromiseBrokenException.Unless(
                        next < _appended.Count && IsSame(record, _appended[next]), Promise.SnapshotIsConsistent, $"{record} is not what was appended next");
                    next++;
                }
            }
        }

        PromiseBrokenException.Unless(index < 0 || index >= _durable.Count, Promise.SnapshotIsConsistent, $"the snapshot ends before what was durable");
    }

    private static void CheckSame(DurableRecord found, DurableRecord expected, Promise promise) =>
        PromiseBrokenException.Unless(found.IsSameAs(expected), promise, $"instead of {expected} there is {found}");

    private int FirstAt(LogPosition position)
    {
        var low = 0;
        var high = _durable.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _durable[middle].Position < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void ForgetLost()
    {
        if (_matched < _appended.Count)
        {
            var lost = _appended[_matched];
            PromiseBrokenException.Unless(!lost.Acknowledged, Promise.AcknowledgedIsKept, $"{lost} was acknowledged and is not in the log");
            PromiseBrokenException.Unless(
                lost.Batch == 0 || _matched == 0 || _appended[_matched - 1].Batch != lost.Batch, Promise.BatchIsWhole, $"the batch of {lost} is there in part");
            _appended.RemoveRange(_matched, _appended.Count - _matched);
        }

        _acknowledged = _matched;
    }

    private void CheckState(DurableLog log, SessionProjection sessions, DigestProjection digest)
    {
        PromiseBrokenException.Unless(
            digest.ToString() == _digest.ToString(), Promise.StateFollowsFromTheLog, $"the digests are {digest}, the history says {_digest}");
        var expected = Describe(_sessions);
        var found = Describe(sessions);
        PromiseBrokenException.Unless(found == expected, Promise.StateFollowsFromTheLog, $"the sessions are {found}, the history says {expected}");
        var topics = log.Topics.Select(topic => topic.Name).ToHashSet(StringComparer.Ordinal);
        PromiseBrokenException.Unless(topics.IsSupersetOf(_lastSequenceOf.Keys), Promise.StateFollowsFromTheLog, $"a topic is forgotten");
    }

    private static string Describe(SessionProjection projection) => string.Join(
        "; ",
        projection.Sessions
            .Select(pair => FormattableString.Invariant(
                $"{System.Text.Encoding.UTF8.GetString(pair.Key)} {pair.Value.Persistent} {pair.Value.DisconnectedUnixMilliseconds} open {string.Join(',', pair.Value.Open.Order())}"))
            .Order(StringComparer.Ordinal));
}
