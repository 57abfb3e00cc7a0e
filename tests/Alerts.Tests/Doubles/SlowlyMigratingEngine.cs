using System.Buffers;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>
/// The real engine behind a slow migration: new rules reach it only with the fifth tick after they were loaded. What it concludes therefore depends on how
/// many ticks it has had, which a restart must give it again.
/// </summary>
internal sealed class SlowlyMigratingEngine : PassingEngine
{
    private const int Ticks = 5;

    private RuleSet? _next;
    private int _left;

    public override RuleSet? Rules => _next ?? Inner.Rules;

    public override bool IsMigrating => _next is not null;

    public override void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output)
    {
        if (Inner.Rules is null)
        {
            base.Load(rules, time, output);
            return;
        }

        (_next, _left) = (rules, Ticks + 1); // The host lets time pass once with the load itself.
    }

    public override bool Advance(Instant time, ICollection<AlertTransition> output)
    {
        var hasChanged = base.Advance(time, output) || _next is not null;
        if (_next is { } next && --_left == 0)
        {
            _next = null;
            base.Load(next, time, output);
            while (Inner.IsMigrating)
            {
                base.Advance(time, output); // The slowness of the double stands for that of the real one.
            }
        }

        return hasChanged;
    }

    public override void Save(IBufferWriter<byte> writer)
    {
        Assert.False(IsMigrating);
        base.Save(writer);
    }
}
