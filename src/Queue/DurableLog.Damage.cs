using System.Buffers;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;

namespace IoTGateway.Queue;

/// <content>
/// Damage in the middle of the log: readers go around it at once; the housekeeper then finds out what is missing and records it, once, so
/// that whoever tells people can. Nothing that follows is hidden.
/// </content>
public sealed partial class DurableLog
{
    private readonly object _damageGate = new();
    private readonly List<DamagedRange> _foundDamage = [];
    private readonly Queue<LogDamage> _unrecordedDamage = [];
    private bool _damageUnexamined;

    /// <summary>What is known to be damaged, oldest first.</summary>
    public IReadOnlyList<LogDamage> Damages
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Damages];
            }
        }
    }

    void ILogSource.ReportDamage(DamagedRange range)
    {
        if (NoteDamage(range))
        {
            RequestHousekeeping();
        }
    }

    private bool NoteDamage(DamagedRange range)
    {
        lock (_damageGate)
        {
            if (_foundDamage.Exists(known => known.From < range.To && range.From < known.To))
            {
                return false;
            }

            _foundDamage.Add(range);
            _damageUnexamined = true;
            return true;
        }
    }

    /// <summary>Damage that is known as it is, without a look into a segment.</summary>
    private void NoteDamage(LogDamage damage)
    {
        lock (_damageGate)
        {
            _unrecordedDamage.Enqueue(damage);
            _damageUnexamined = true;
        }
    }

    /// <summary>Finds out what is missing where readers have found damage, and appends a record of each that is new. On the housekeeper's thread.</summary>
    private void RecordDamage()
    {
        var found = TakeUnrecordedDamage();
        foreach (var damage in found)
        {
            var body = new ArrayBufferWriter<byte>();
            DamageRecord.Write(body, damage);
            lock (_gate)
            {
                // Without waiting for room: there are few of these, and housekeeping must not hang on the writer.
                Add_NeedsLock(RecordKind.Damage, topicName: null, body.WrittenSpan);
                WakeWriter_NeedsLock();
                _state.AddDamage(damage);
            }

            _options.DamageFound?.Invoke(damage);
        }
    }

    private List<LogDamage> TakeUnrecordedDamage()
    {
        DamagedRange[] ranges;
        List<LogDamage> found;
        lock (_damageGate)
        {
            if (!_damageUnexamined)
            {
                return [];
            }

            _damageUnexamined = false;
            ranges = [.. _foundDamage];
            found = [.. _unrecordedDamage];
            _unrecordedDamage.Clear();
        }

        var report = new DamageReport(_disk, _options.Directory, Checkpoints, _segments, NameOf);
        found.AddRange(report.OfSegmentsWith(ranges));
        var known = Damages;
        return [.. found.Where(damage => !known.Any(damage.IsPartOf))];
    }

    private string NameOf(uint topic) => (_state.Topics.Find(topic) ?? Topic.Lost(topic)).Name;
}
