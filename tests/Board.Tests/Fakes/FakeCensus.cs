using System.Collections.Concurrent;
using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Orders;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>Notes what is changed about who is where, in words.</summary>
internal sealed class FakeCensus(FakeWard ward) : ICensusCommands
{
    private readonly ConcurrentStack<CensusStep> _steps = new();
    private readonly ConcurrentQueue<CensusOrder> _given = new();
    private long _count;

    public IReadOnlyCollection<CensusOrder> Given => _given;

    public IReadOnlyList<CensusStep> Recent => [.. _steps];

    public CensusImport? Waiting { get; set; }

    public FakeCensus Had(TimeSpan ago, string by, string words, string reason = "", bool mayBeUndone = true)
    {
        var at = ward.Now - ago;
        _steps.Push(new CensusStep(Interlocked.Increment(ref _count), at, at, by, words, reason, mayBeUndone));
        return this;
    }

    public Task<OrderAnswer> ChangeAsync(CensusOrder order, string by, CancellationToken cancellation)
    {
        _given.Enqueue(order);
        var words = order switch
        {
            AdmitPatient admit => $"{admit.Patient} admitted to {admit.Bed}",
            TransferPatient transfer => $"{transfer.Patient} moved to {transfer.Bed}",
            DischargePatient discharge => $"{discharge.Patient} discharged",
            MoveDevice move => $"{move.Device} moved to {(move.Bed.Length > 0 ? move.Bed : "no bed")}",
            ChangePatient change => $"{change.Patient} changed",
            UndoChange undo => $"change {undo.Change} undone",
            _ => "changed",
        };
        Had(TimeSpan.Zero, by, words);
        return Task.FromResult(new OrderAnswer(OrderOutcome.Done, words + "."));
    }

    public Task<OrderAnswer> DecideImportAsync(bool apply, string by, CancellationToken cancellation)
    {
        Waiting = null;
        return Task.FromResult(new OrderAnswer(OrderOutcome.Done, apply ? "The census file counts." : "The census file is dropped."));
    }
}
