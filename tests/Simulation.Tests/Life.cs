using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Damage;
using IoTGateway.Simulation.Tests.Disk;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Simulation.Tests;

/// <summary>
/// One life of the gateway, from its start to its crash. One thread does everything, turn by turn: the log's writer and its housekeeping
/// are two that take turns among others, and while the disk works for one of them the others go on.
/// </summary>
internal sealed class Life
{
    private const string Directory = "/log";
    private const int NestingAtMost = 2;

    private readonly World _world;
    private readonly Random _random;
    private readonly FakeTimeProvider _clock;
    private LogReader? _reader;
    private int _operationsUntilCrash;
    private int _operationsUntilFault;
    private PromiseBrokenException? _broken;
    private bool _faultMet;
    private bool _writing;
    private bool _housekeeping;
    private int _nesting;

    public Life(World world, bool calm)
    {
        _world = world;
        _random = world.Random;
        _clock = new FakeTimeProvider(world.Now);
        _operationsUntilCrash = calm ? int.MaxValue : 1 << _random.Next(1, 9);
        _operationsUntilFault = calm || !world.Conditions.DiskFails || _random.Next(2) == 0 ? int.MaxValue : 1 << _random.Next(1, 8);
        world.Disk.CapacityBytes = calm ? long.MaxValue : world.Conditions.CapacityBytes;
        world.Disk.Fate = Meet;
    }

    public DurableLog Log { get; private set; } = null!;

    public SessionStore Sessions { get; private set; } = null!;

    public History History => _world.History;

    public SimulatedDisk Disk => _world.Disk;

    /// <summary>Starts the gateway; false where the disk failed or the machine stopped meanwhile.</summary>
    public bool TryBegin()
    {
        var sessions = new SessionProjection();
        var digest = new DigestProjection();
        var options = new LogOptions
        {
            Directory = Directory,
            SegmentSizeBytes = _world.Conditions.SegmentSizeBytes,
            RetentionBytes = _world.Conditions.RetentionBytes,
            RetentionAge = _world.Conditions.RetentionAge,
            PendingBytesAtMost = _world.Conditions.PendingBytesAtMost,
            DamageFound = TakeDamage,
            NewIdentity = () => new Guid(_random.Next(), 0, 0, new byte[8]),
        };
        try
        {
            Log = DurableLog.OpenWithoutThreads(options, _world.Disk, _clock, sessions, digest);
        }
        catch (Exception failure) when (failure is MachineStoppedException || (failure is IOException and not LogCorruptException && _faultMet))
        {
            return false;
        }
        catch (Exception failure) when (failure is not PromiseBrokenException)
        {
            throw new PromiseBrokenException(Promise.LogOpens, failure.Message);
        }

        History.CheckRecovered(Log, sessions, digest);
        Sessions = new SessionStore(Log, sessions, _clock, 1000);
        _reader = Log.OpenReader(Log.End, RecordKinds.All);
        foreach (var actor in _world.Actors)
        {
            actor.Begin(this);
        }

        return true;
    }

    /// <summary>Goes on until the machine stops, the log fails, or the turns are over.</summary>
    public void Run()
    {
        try
        {
            for (var turns = _random.Next(_world.Conditions.TurnsAtMost); turns > 0 && IsRunning; turns--)
            {
                TakeTurn();
            }

            if (IsRunning && _random.Next(3) == 0)
            {
                StopCleanly();
            }
        }
        catch (MachineStoppedException)
        {
        }

        KeepHouse();
        ThrowIfBroken();
        if (!_world.Disk.HasCrashed && Log.Failure is not null)
        {
            CheckFailedClosed();
            _world.Tally.Count(_faultMet ? "failed operations" : "full disks");
        }

        _world.Now = _clock.GetUtcNow() - TimeSpan.FromSeconds(_random.Next(10) == 0 ? 5 : 0);
    }

    /// <summary>Nothing new begins and nothing fails: everything that is under way ends.</summary>
    public void ComeToRest()
    {
        _nesting = NestingAtMost;
        for (var rounds = 0; ; rounds++)
        {
            ThrowIfBroken();
            PromiseBrokenException.Unless(rounds < 10_000, Promise.ComesToRest, $"something goes on for ever");
            PromiseBrokenException.Unless(Log.Failure is null, Promise.ComesToRest, $"the log has stopped on a sound disk: {Log.Failure?.Message}");
            WriteEverything();
            while (KeepHouse())
            {
            }

            History.Observe(_reader!);
            if (!_world.Actors.Select(actor => actor.Finish(this)).ToList().Contains(true))
            {
                break;
            }
        }

        WriteEverything();
        History.Observe(_reader!);
        PromiseBrokenException.Unless(
            History.OutputCount == History.Readings.Count,
            Promise.OutputOnce, $"at the end there are {History.OutputCount} outputs of {History.Readings.Count} readings");
    }

    /// <summary>Whether an append that waits for room would find some: only the writer makes room, and it must not be the one who waits.</summary>
    public bool MayBlock()
    {
        if (_world.Conditions.PendingBytesAtMost > 1 << 16)
        {
            return true;
        }

        if (_writing)
        {
            return false;
        }

        WriteEverything();
        return IsRunning;
    }

    private bool IsRunning => !_world.Disk.HasCrashed && Log.Failure is null;

    private void TakeTurn()
    {
        History.Observe(_reader!);
        switch (_random.Next(20))
        {
            case < 4:
                Write();
                break;
            case < 6:
                KeepHouse();
                break;
            case 6:
                _clock.Advance(TimeSpan.FromMilliseconds(1 << _random.Next(18)));
                break;
            case 7:
                TakeSnapshot();
                break;
            case 8:
                _world.Disk.WriteBack();
                break;
            default:
                _world.Actors[_random.Next(_world.Actors.Count)].Act(this, _random);
                break;
        }

        if (IsRunning)
        {
            History.Observe(_reader!);
        }
    }

    private bool Write()
    {
        if (_writing)
        {
            return false;
        }

        _writing = true;
        var wrote = Log.WriteNext();
        _writing = false;
        return wrote;
    }

    private bool KeepHouse()
    {
        if (_housekeeping)
        {
            return false;
        }

        _housekeeping = true;
        var kept = Log.KeepHouseNext();
        _housekeeping = false;
        return kept;
    }

    private void WriteEverything()
    {
        // Nobody goes on meanwhile, or there would be no end to it.
        _nesting += NestingAtMost;
        do
        {
            _clock.Advance(TimeSpan.FromSeconds(1)); // For what rides along.
        }
        while (Write());
        _nesting -= NestingAtMost;
    }

    private void TakeSnapshot()
    {
        LogSnapshot snapshot;
        try
        {
            snapshot = LogSnapshot.Open(Directory, _world.Disk);
        }
        catch (Exception failure) when (failure is not MachineStoppedException)
        {
            throw new PromiseBrokenException(Promise.SnapshotIsConsistent, failure.Message);
        }

        _world.Tally.Count("snapshots");
        History.CheckSnapshot(snapshot);
        PromiseBrokenException.Unless(snapshot.ExamineDamage() is [], Promise.DamageIsTold, $"nothing is damaged, but a snapshot finds damage");
    }

    private void StopCleanly()
    {
        WriteEverything();
        Log.Dispose();
        History.Observe(_reader!);
    }

    private void CheckFailedClosed()
    {
        PromiseBrokenException.Unless(_faultMet || _world.Conditions.CapacityBytes < long.MaxValue, Promise.NothingUnexpected, $"{Log.Failure!.InnerException}");
        History.CheckAllFailed();
        var result = Log.TryAppend(RecordKind.Reading, "devices/x/vitals"u8, default, "late"u8, out _);
        PromiseBrokenException.Unless(result == AppendResult.Failed, Promise.FailsClosed, $"the log has stopped, but an append was answered {result}");
        PromiseBrokenException.Unless(!Log.WriteNext(), Promise.FailsClosed, $"the log has stopped, but its writer goes on");
    }

    /// <summary>Called by the disk at each operation: what becomes of it, and what else happens meanwhile.</summary>
    private DiskFate Meet(DiskOperation operation, string path)
    {
        if (_reader is not null && Log.Failure is null)
        {
            try
            {
                Meanwhile();
            }
            catch (PromiseBrokenException broken)
            {
                // The log would take it for a failure of the disk.
                _broken ??= broken;
                return DiskFate.Crashes;
            }
        }

        _world.Tally.Count((operation, Path.GetExtension(path)) switch
        {
            (DiskOperation.CreateFile, ".log") => "segments made",
            (DiskOperation.DeleteFile, ".log") => "segments deleted",
            (DiskOperation.RenameFile, ".checkpoint") => "checkpoints",
            _ => "other operations",
        });
        if (--_operationsUntilCrash <= 0)
        {
            return DiskFate.Crashes;
        }

        if (--_operationsUntilFault <= 0)
        {
            _operationsUntilFault = int.MaxValue;
            _faultMet = true;
            return DiskFate.Fails;
        }

        return DiskFate.Succeeds;
    }

    private void Meanwhile()
    {
        History.Observe(_reader!);
        if (_nesting < NestingAtMost && _random.Next(6) == 0)
        {
            _nesting++;
            for (var turns = _random.Next(1, 6); turns > 0 && IsRunning; turns--)
            {
                TakeTurn();
            }

            _nesting--;
        }
    }

    private void TakeDamage(LogDamage damage)
    {
        if (!_world.HasRotted)
        {
            _broken ??= new PromiseBrokenException(Promise.DamageIsTold, FormattableString.Invariant($"nothing is damaged, but this was told: {damage}"));
        }
    }

    private void ThrowIfBroken()
    {
        if (_broken is not null)
        {
            throw _broken;
        }
    }
}
