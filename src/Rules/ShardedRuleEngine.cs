using System.Buffers;
using System.Runtime.CompilerServices;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules;

/// <summary>
/// Several engines that are one to the caller: each patient belongs to one of them by a stable hash of the id, and each has a thread while a batch is worked
/// on. Patients share nothing, so there are no locks. What is told, its order, the handles and the saved state are byte for byte those of one
/// <see cref="RuleEngine"/>, whatever the number of shards. One caller at a time.
/// </summary>
/// <remarks>
/// The shards give handles out of one table and have a place for every handle, also those of other shards (17 bytes), so each goes through its patients in the
/// order of one engine. If a shard fails, its patients' state is lost: the failure is thrown, and every later call is refused.
/// </remarks>
public sealed class ShardedRuleEngine : IRuleEngine, IDisposable
{
    /// <summary>More shards than this are refused: a thread each is too many long before.</summary>
    public const int MostShards = 64;

    // Two threads are woken and waited for in about 100 us; a reading takes about half of one.
    private const int LeastWorkForThreads = 200;

    private readonly RuleEngine[] _shards;
    private readonly ShardOutput[] _outputs;
    private readonly ShardThreads _threads;
    private readonly int _leastWorkForThreads;
    private readonly bool[] _hasMoved;
    private PatientHandles _handles = new();
    private byte[] _shardOf = new byte[16];
    private Exception? _failure;
    private bool _isDisposed;

    /// <summary>An engine without rules and patients.</summary>
    /// <param name="shards">How many threads work on a batch, from 1 to <see cref="MostShards"/>; more than the machine has processors gain nothing.</param>
    public ShardedRuleEngine(int shards)
        : this(shards, LeastWorkForThreads)
    {
    }

    /// <summary>The same; threads are woken from so many readings or timers on.</summary>
    internal ShardedRuleEngine(int shards, int leastWorkForThreads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, MostShards);
        var loaded = new LoadedRules(null, SlotState.Never);
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new RuleEngine(_handles, loaded))];
        _outputs = [.. Enumerable.Range(0, shards).Select(_ => new ShardOutput())];
        _hasMoved = new bool[shards];
        _leastWorkForThreads = leastWorkForThreads;
        _threads = new ShardThreads(shards);
    }

    /// <inheritdoc/>
    public RuleSet? Rules => _shards[0].Rules;

    /// <inheritdoc/>
    /// <remarks>All shards come through the same handles at the same time.</remarks>
    public bool IsMigrating => _shards[0].IsMigrating;

    /// <inheritdoc/>
    public void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(output);
        var now = time.UnixMilliseconds;
        Guard(() =>
        {
            ByPatient(_handles.Count, shard => _shards[shard].FireAllDue(now, _outputs[shard].Told), output);
            var next = _shards[0].Follow(rules, now);
            ByPatient(_handles.Count, shard => _shards[shard].GoOver(next, _outputs[shard].Told), output);
        });
    }

    /// <inheritdoc/>
    public int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(output);
        var handle = 0;
        Guard(() =>
        {
            var shard = ShardOf(profile.Patient);
            handle = _shards[shard].SetPatient(profile, time, output);
            Array.ForEach(_shards, other => other.MakeRoom());
            Assign(handle, shard);
        });
        return handle;
    }

    /// <inheritdoc/>
    public void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(output);
        Guard(() => _shards[ShardOf(patient)].RemovePatient(patient, time, reason, output));
    }

    /// <inheritdoc/>
    public void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(output);
        Guard(() => _shards[ShardOf(patient)].ResetPatient(patient, time, reason, output));
    }

    /// <inheritdoc/>
    public void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(output);
        ThrowIfUnknown(patient);
        ThrowIfUnusable();
        try
        {
            // Not by Guard: its delegate would be garbage for each reading.
            _shards[_shardOf[patient]].Ingest(patient, reading, output);
        }
        catch (Exception failure)
        {
            _failure = failure;
            throw;
        }
    }

    /// <summary>Takes in many readings, as if they came one after the other, all shards side by side.</summary>
    /// <param name="batch">
    /// Handles and readings, in the order in which they came; a patient may be there several times. Not kept. If a handle is unknown, nothing is taken in.
    /// </param>
    /// <param name="output">Receives the transitions, in order.</param>
    public void IngestMany(IReadOnlyList<(int Patient, Reading Reading)> batch, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(output);
        for (var index = 0; index < batch.Count; index++)
        {
            ThrowIfUnknown(batch[index].Patient);
            ArgumentNullException.ThrowIfNull(batch[index].Reading, nameof(batch));
        }

        Guard(() => Run(batch.Count, shard => IngestOwn(batch, shard), output));
    }

    /// <inheritdoc/>
    public bool Advance(Instant time, ICollection<AlertTransition> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var now = time.UnixMilliseconds;
        var isMigrating = IsMigrating;
        Guard(() =>
        {
            if (isMigrating)
            {
                ByPatient(_handles.Count, shard => _shards[shard].MigrateSome(_outputs[shard].Told), output);
            }

            ByPatient(_shards.Sum(shard => shard.CountDue(now, _leastWorkForThreads)), shard => _hasMoved[shard] = _shards[shard].AdvanceTo(now, _outputs[shard].Told), output);
        });
        return isMigrating || Array.Exists(_hasMoved, moved => moved);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatestScore> LatestScores(string patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ThrowIfUnusable();
        return _shards[ShardOf(patient)].LatestScores(patient);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatestValue> LatestValues(string patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ThrowIfUnusable();
        return _shards[ShardOf(patient)].LatestValues(patient);
    }

    /// <inheritdoc/>
    public void WaitAnew(Instant time) => Guard(() => Array.ForEach(_shards, shard => shard.WaitAnew(time)));

    /// <inheritdoc/>
    public Explanation? Explain(string patient, string alert)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ThrowIfUnusable();
        return _shards[ShardOf(patient)].Explain(patient, alert);
    }

    /// <inheritdoc/>
    public ExplanationNode? ExplainValue(string patient, string name)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ThrowIfUnusable();
        return _shards[ShardOf(patient)].ExplainValue(patient, name);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The format is that of <see cref="RuleEngine.Save"/>, magic and version included: it knows patients and handles, not shards. So one engine and any number of
    /// shards read what the other wrote.
    /// </remarks>
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ThrowIfUnusable();
        if (IsMigrating)
        {
            throw new InvalidOperationException("The engine's state cannot be saved before all patients are under the rules in force.");
        }

        var output = new StateWriter(writer);
        _shards[0].SaveHead(output);
        for (var handle = 0; handle < _handles.Count; handle++)
        {
            _shards[_handles.IsGiven(handle) ? _shardOf[handle] : 0].SaveHandle(output, handle);
        }
    }

    /// <inheritdoc/>
    public void Restore(RuleSet rules, ReadOnlySpan<byte> state)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ThrowIfUnusable();
        var (loaded, patients, handles) = RuleEngine.ReadState(rules, state);
        var parts = _shards.Select(_ => new PatientState?[patients.Length]).ToArray();
        foreach (var patient in patients.OfType<PatientState>())
        {
            var shard = ShardOf(patient.Profile.Patient);
            parts[shard][patient.Handle] = patient;
            Assign(patient.Handle, shard);
        }

        _handles = handles;
        Guard(() => RunSteps(handles.Count, shard => _shards[shard].TakeOver(loaded, parts[shard], handles)));
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _threads.Dispose();
        }
    }

    /// <summary>FNV-1a; the hash of .NET differs from process to process.</summary>
    internal int ShardOf(string patient)
    {
        const uint Offset = 2_166_136_261;
        const uint Prime = 16_777_619;
        var hash = Offset;
        foreach (var letter in patient)
        {
            hash = (hash ^ letter) * Prime;
        }

        return (int)((hash ^ (hash >> 16)) % (uint)_shards.Length);
    }

    private void IngestOwn(IReadOnlyList<(int Patient, Reading Reading)> batch, int shard)
    {
        var (engine, output) = (_shards[shard], _outputs[shard]);
        for (var index = 0; index < batch.Count; index++)
        {
            var (patient, reading) = batch[index];
            if (_shardOf[patient] == shard)
            {
                engine.Ingest(patient, reading, output.Told);
                output.Place(index);
            }
        }
    }

    /// <summary>Does a step of every shard that goes through its patients in the order of their handles.</summary>
    private void ByPatient(int work, Action<int> step, ICollection<AlertTransition> output) => Run(
        work,
        shard =>
        {
            step(shard);
            _outputs[shard].PlaceByPatient(_handles);
        },
        output);

    private void Run(int work, Action<int> step, ICollection<AlertTransition> output)
    {
        RunSteps(work, step);
        ShardOutput.Merge(_outputs, output);
    }

    private void RunSteps(int work, Action<int> step)
    {
        if (work < _leastWorkForThreads)
        {
            _threads.RunHere(step);
        }
        else
        {
            _threads.Run(step);
        }
    }

    private void Assign(int handle, int shard)
    {
        if (handle >= _shardOf.Length)
        {
            Array.Resize(ref _shardOf, Math.Max(handle + 1, _shardOf.Length * 2));
        }

        _shardOf[handle] = (byte)shard;
    }

    /// <summary>Does what changes state. A failure leaves shards at different places, so it is the last thing that happens here.</summary>
    private void Guard(Action change)
    {
        ThrowIfUnusable();
        try
        {
            change();
        }
        catch (Exception failure)
        {
            _failure = failure;
            throw;
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is { } failure)
        {
            throw new InvalidOperationException($"The rule engine has failed before and takes in nothing more: {failure.Message}", failure);
        }
    }

    private void ThrowIfUnknown(int patient, [CallerArgumentExpression(nameof(patient))] string? name = null)
    {
        if (!_handles.IsGiven(patient))
        {
            throw new ArgumentOutOfRangeException(name, patient, "There is no patient with this handle.");
        }
    }
}
