using System.Buffers;
using System.Collections.Concurrent;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>
/// Takes pages from the log to a channel's server, each once: a try is on record before it begins, and how it ended before the next page. What is no longer
/// true when its turn comes is dropped with the reason. One handler takes the pages that call for somebody, another one those that say "over".
/// </summary>
/// <remarks>
/// What a start finds on record, and what is done:
/// <code>
/// on record                       decision
/// nothing                         sent
/// a try that failed for certain   sent
/// a try without its end, or one   sent with the same key, marked as a repeat
///   that may have arrived
/// sent, dropped or given up       passed over
/// </code>
/// </remarks>
internal sealed class PageHandler(
    string channel, string consumer, bool isForOvers, DurableLog log, Func<Page, PageVerdict> look, Func<IPageSender> sender, ChannelHealth health, Func<TimeZoneInfo> zone)
    : ISinkHandler
{
    /// <summary>A page that its server refuses is tried so often, in case somebody mends the server, and is then a dead letter.</summary>
    public const int RefusedAtMost = 5;

    private const int DoneAtMost = 10_000;

    private readonly string _prefix = PageRecord.TopicPrefix(channel);
    private readonly ConcurrentDictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _doneInOrder = new();

    /// <inheritdoc/>
    public async ValueTask<Delivery> DeliverAsync(RecordBatch records, LogPosition cursor, CancellationToken cancellation)
    {
        for (var index = 0; index < records.Count; index++)
        {
            if (PageAt(records, index) is not { } page || _done.ContainsKey(page.Key))
            {
                continue;
            }

            // What fails among others is handed over again, with fewer of them, until it is alone: that is the same try, and its answer is known.
            var isAlone = records.Count == 1;
            var known = _attempts.TryGetValue(page.Key, out var attempt) ? attempt.Answer : null;
            var delivery = known ?? await DeliverAsync(page, records, index, cancellation).ConfigureAwait(false);
            if (delivery.Outcome != DeliveryOutcome.Delivered)
            {
                if (_attempts.TryGetValue(page.Key, out attempt))
                {
                    attempt.Answer = isAlone || delivery.Outcome == DeliveryOutcome.SinkIsAway ? null : delivery;
                }

                return delivery;
            }
        }

        return Delivery.Done;
    }

    private Page? PageAt(RecordBatch records, int index)
    {
        var record = records[index];
        return record.Topic is { } topic && topic.Name.StartsWith(_prefix, StringComparison.Ordinal) && PageRecord.Read(record.Body).Page is { } page
            && page.Type == PageType.Over == isForOvers ? page : null;
    }

    private async Task<Delivery> DeliverAsync(Page page, RecordBatch records, int index, CancellationToken cancellation)
    {
        var verdict = look(page);
        if (!verdict.IsOpen)
        {
            return Delivery.Done;
        }

        if (verdict.HasToWait)
        {
            return Delivery.Refused(verdict.Reason); // It is asked for again soon, and holds up no other person or patient.
        }

        if (verdict.Items.IsEmpty)
        {
            await FinishAsync(page, PageState.Dropped, verdict.Reason).ConfigureAwait(false);
            return Delivery.Done;
        }

        var attempt = _attempts.GetOrAdd(page.Key, _ => new Attempt { MayHaveArrived = verdict.IsRepeat });
        var isRepeat = attempt.MayHaveArrived;
        if (!isRepeat)
        {
            await AppendAsync(new PageReceipt(page.Key, channel, PageState.Sending, Now(), "", false)).ConfigureAwait(false);
        }

        // From here until the answer it may have arrived, whatever becomes of this call.
        attempt.MayHaveArrived = true;
        var result = await sender().SendAsync(new PageMessage(page, verdict.Items, isRepeat, zone()), cancellation).ConfigureAwait(false);
        if (result.Outcome is SendOutcome.Taken or SendOutcome.Delivered)
        {
            health.Took(Now());
            await FinishAsync(page, result.Outcome == SendOutcome.Taken ? PageState.Sent : PageState.Delivered, "").ConfigureAwait(false);
            return Delivery.Done;
        }

        attempt.MayHaveArrived = isRepeat || result.MayHaveArrived;
        if (result.Outcome != SendOutcome.Refused)
        {
            health.Failed(Now(), result.Reason);
        }

        if (result.Outcome == SendOutcome.Refused && ++attempt.Refused >= RefusedAtMost)
        {
            await BuryAsync(page, records, index, result.Reason).ConfigureAwait(false);
            return Delivery.Done;
        }

        if (!isRepeat || attempt.Reason != result.Reason)
        {
            attempt.Reason = result.Reason;
            await AppendAsync(new PageReceipt(page.Key, channel, PageState.Failed, Now(), result.Reason, attempt.MayHaveArrived)).ConfigureAwait(false);
        }

        return result.Outcome switch
        {
            SendOutcome.Refused => Delivery.Refused(result.Reason),
            SendOutcome.Unclear => Delivery.Unclear(result.Reason),
            _ => Delivery.Away(result.Reason),
        };
    }

    private async Task FinishAsync(Page page, PageState state, string reason)
    {
        await AppendAsync(new PageReceipt(page.Key, channel, state, Now(), reason, false)).ConfigureAwait(false);
        Done(page);
    }

    private async Task BuryAsync(Page page, RecordBatch records, int index, string reason)
    {
        var letter = new ArrayBufferWriter<byte>();
        DeadLetterRecord.Write(letter, records[index], reason);
        var batch = new LogBatch();
        batch.Add(RecordKind.PageReceipt, PageReceiptRecord.TopicOf(channel), PageReceiptRecord.Write(new PageReceipt(page.Key, channel, PageState.GivenUp, Now(), reason, false)));
        batch.Add(RecordKind.DeadLetter, DeadLetterRecord.TopicOf(consumer), letter.WrittenSpan);
        await log.Append(batch).Task.ConfigureAwait(false);
        Done(page);
    }

    private Task AppendAsync(PageReceipt receipt) => log.Append(RecordKind.PageReceipt, PageReceiptRecord.TopicOf(channel), PageReceiptRecord.Write(receipt)).Task;

    /// <summary>The ledger hears of it a moment later; until then the same page must not be sent again, for example after a pause.</summary>
    private void Done(Page page)
    {
        _attempts.TryRemove(page.Key, out _);
        _done[page.Key] = true;
        _doneInOrder.Enqueue(page.Key);
        if (_doneInOrder.Count > DoneAtMost && _doneInOrder.TryDequeue(out var oldest))
        {
            _done.TryRemove(oldest, out _);
        }
    }

    private Instant Now() => Instant.Now(log.Clock);

    /// <summary>What this run knows of the tries of a page; the record says the same, a moment later.</summary>
    private sealed class Attempt
    {
        public bool MayHaveArrived { get; set; }

        public int Refused { get; set; }

        public string Reason { get; set; } = "";

        /// <summary>How the last try ended, while that is not yet held against this page alone.</summary>
        public Delivery? Answer { get; set; }
    }
}
