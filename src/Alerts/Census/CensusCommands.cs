using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts.Census;

/// <summary>
/// Records who is where. Nobody else appends such records, and the decision and the append are one step under one lock, so that no two changes are made of the
/// same census.
/// </summary>
internal sealed class CensusCommands : ICensusCommands
{
    private readonly DurableLog _durableLog;
    private readonly AlertProcessor _processor;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly Instant _started;
    private readonly CensusImports _imports;
    private WardCensus _newest;
    private long _last;

    /// <param name="durableLog">Where changes are recorded.</param>
    /// <param name="processor">Follows them.</param>
    /// <param name="history">The censuses as of the end of the log.</param>
    /// <param name="log">Takes what happens to census files; never patient data.</param>
    public CensusCommands(DurableLog durableLog, AlertProcessor processor, CensusHistory history, ILogger log)
    {
        _durableLog = durableLog;
        _processor = processor;
        _log = log;
        _started = Instant.Now(durableLog.Clock);
        _newest = history.Current;
        _imports = new CensusImports(history.Changes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<CensusStep> Recent
    {
        get
        {
            lock (_processor.Gate)
            {
                return new CensusSteps(_processor.Host.CensusChanges).Recent();
            }
        }
    }

    /// <inheritdoc/>
    public CensusImport? Waiting
    {
        get
        {
            lock (_lock)
            {
                return _imports.Waiting is { } waiting && CensusDifferences.Between(_newest, waiting.Census) is { Count: > 0 } differences ? new CensusImport(waiting.Since, differences) : null;
            }
        }
    }

    /// <summary>Records a census, in force from now on, if it differs from the one recorded last.</summary>
    /// <returns>The commit of its record; null if nothing is new.</returns>
    public Commit? Propose(WardCensus census)
    {
        lock (_lock)
        {
            return census.Equals(_newest) ? null : Append(census, note: null, Now());
        }
    }

    /// <summary>
    /// A census file is there. It comes into force at once, unless it did so or was dropped before; where people have changed the census since, it waits.
    /// </summary>
    /// <param name="census">What it says.</param>
    /// <param name="hash">The SHA-256 of its text in lower-case hex.</param>
    /// <param name="written">When it was written; a time to come counts as now, and so does none.</param>
    /// <returns>The commit of what was recorded; null where nothing was.</returns>
    public Commit? Import(WardCensus census, string hash, Instant? written = null)
    {
        lock (_lock)
        {
            var now = Now();
            var decision = _imports.Decide(census, hash, isNews: !census.Equals(_newest), written is { } at && at < now ? at : now);
            if (decision == CensusImportDecision.Waits)
            {
                AlertsLog.CensusWaits(_log, CensusDifferences.Between(_newest, census).Count);
            }

            return decision == CensusImportDecision.Apply ? Append(census, OfFile(CensusNoteKind.Import, census, hash, by: ""), Now()) : null;
        }
    }

    /// <summary>The census file has become one that cannot be used: what it said before does not wait any more.</summary>
    public void ImportIsInvalid()
    {
        lock (_lock)
        {
            _imports.Invalid();
        }
    }

    /// <inheritdoc/>
    public Task<OrderAnswer> ChangeAsync(CensusOrder order, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentException.ThrowIfNullOrEmpty(by);
        return GiveAsync(
            now =>
            {
                var reason = AcknowledgementPayload.Safe(order switch { DischargePatient discharge => discharge.Reason, UndoChange undo => undo.Reason, _ => "" });
                var since = now;
                var edit = order is UndoChange undone ? Undo(undone, reason, out since) : Edit(order, reason);
                return (edit, edit.Census is null ? null : new CensusNote { Kind = edit.Kind, By = by, Words = edit.Words, Reason = reason, Corrects = (order as UndoChange)?.Change }, since);
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<OrderAnswer> DecideImportAsync(bool apply, string by, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        return GiveAsync(
            now =>
            {
                if (_imports.Waiting is not { } waiting)
                {
                    return (CensusEdit.Unknown("No census file waits."), null, now);
                }

                var kind = apply ? CensusNoteKind.Import : CensusNoteKind.Keep;
                var note = OfFile(kind, waiting.Census, waiting.Hash, by);
                return (new CensusEdit(OrderOutcome.Done, note.Words) { Kind = kind, Census = apply ? waiting.Census : _newest }, note, now);
            },
            cancellation);
    }

    private async Task<OrderAnswer> GiveAsync(Func<Instant, (CensusEdit Edit, CensusNote? Note, Instant From)> decide, CancellationToken cancellation)
    {
        string request;
        string words;
        Task consumed;
        Commit commit;
        lock (_lock)
        {
            var (edit, note, since) = decide(Now());
            words = edit.Words;
            if (note is null)
            {
                return new OrderAnswer(edit.Outcome, Sentence(words));
            }

            request = FormattableString.Invariant($"c-{_started.UnixMilliseconds}-{++_last}");
            consumed = _processor.Consumed.Register(request);
            commit = Append(edit.Census!, note with { Request = request }, since);
        }

        try
        {
            await commit.Task.WaitAsync(cancellation).ConfigureAwait(false);
            await consumed.WaitAsync(cancellation).ConfigureAwait(false);
            return new OrderAnswer(OrderOutcome.Done, Sentence(words));
        }
        finally
        {
            _processor.Consumed.Forget(request);
        }
    }

    private CensusEdit Edit(CensusOrder order, string reason)
    {
        SignalCatalogue catalogue;
        List<string> standing = [];
        lock (_processor.Gate)
        {
            catalogue = _processor.Host.Rules?.Catalogue ?? ShippedRules.SignalCatalogue;
            if (order is DischargePatient { Patient: var patient } && reason.Length == 0)
            {
                standing.AddRange(_processor.Ledger.AlertsOf(patient).Where(alert => alert is { Shadow: false, State: not AlertState.Pending }).Select(alert => alert.Alert));
            }
        }

        var edit = new CensusEditor(_newest, _imports.Last, catalogue).Apply(order);
        return edit.Outcome == OrderOutcome.Done && standing.Count > 0
            ? CensusEdit.Refused($"An alert stands: {string.Join(", ", standing)}. It ends with the discharge, so say why the patient is discharged.")
            : edit;
    }

    private CensusEdit Undo(UndoChange order, string reason, out Instant from)
    {
        from = default;
        if (reason.Length == 0)
        {
            return CensusEdit.Refused("Say why it is undone.");
        }

        lock (_processor.Gate)
        {
            // Only of what the rules have followed the place in the log is known.
            return _processor.Host.Census.Equals(_newest)
                ? new CensusSteps(_processor.Host.CensusChanges).Undo(order.Change, out from)
                : new CensusEdit(OrderOutcome.Stale, "The census is being changed. Look again.");
        }
    }

    private Commit Append(WardCensus census, CensusNote? note, Instant from)
    {
        var dated = note is null ? null : note with { At = Now() };
        var commit = _durableLog.Append(RecordKind.Census, topic: null, new CensusRecord(from, census) { Note = dated }.Write());
        _newest = census;
        _imports.Take(census, dated);
        AlertsLog.CensusProposed(_log, census.Beds.Length);
        return commit;
    }

    private CensusNote OfFile(CensusNoteKind kind, WardCensus census, string hash, string by) => new()
    {
        Kind = kind,
        By = by,
        File = hash,
        Words = kind == CensusNoteKind.Import ? $"census file: {CensusDifferences.InShort(_newest, census)}" : "the census file was dropped; what was done at the board stays",
    };

    private Instant Now() => Instant.Now(_durableLog.Clock);

    private static string Sentence(string words) => words.TrimEnd('.') + ".";
}
