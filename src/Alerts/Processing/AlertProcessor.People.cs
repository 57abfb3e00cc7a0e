using System.Text;
using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <content>What people want: acknowledgements and orders. Each is decided once, and answered when what came of it is durable.</content>
internal sealed partial class AlertProcessor
{
    private void TakeAcknowledgement(in LogRecord record)
    {
        if (record.Topic is not { } topic || !AlertTopics.TryParseAcknowledge(topic.Name, out var patient, out var slug))
        {
            _output.DeadLetter(record, "Not the topic of an acknowledgement: expected alerts/{ward}/{patient}/{alert}/ack.");
            return;
        }

        try
        {
            var publish = PublishRecord.Read(record.Body);
            if (AcknowledgementPayload.TryRead(publish.Payload, out var reason) is not { } payload)
            {
                _output.DeadLetter(record, reason);
                return;
            }

            var by = Encoding.UTF8.GetString(publish.Client);
            var at = new Instant(record.TimeUnixMilliseconds);
            var result = _output.Acknowledge(patient, slug, payload.Episode, payload.Seen, new Acknowledgement(by.Length == 0 ? "unknown" : by, at, payload.Note));
            if (payload.Request is { } request)
            {
                _answers.Add((request, result));
            }
        }
        catch (InvalidDataException failure)
        {
            _output.DeadLetter(record, failure.Message);
        }
    }

    /// <summary>What an order would be answered that is about nobody and nothing; null for one that has to be decided upon. Under <see cref="Gate"/>.</summary>
    public OrderAnswer? AnswerAtOnce(Order order) => _desk.AnswerAtOnce(order, _host);

    private void TakeOrder(in LogRecord record)
    {
        OrderRecord order;
        try
        {
            order = OrderRecord.Read(record.Body);
        }
        catch (InvalidDataException failure)
        {
            _output.DeadLetter(record, failure.Message);
            return;
        }

        var answer = _desk.Decide(order, new Instant(record.TimeUnixMilliseconds), _host);
        if (order.Request is { } request)
        {
            _orderAnswers.Add((request, answer));
        }
    }

    /// <summary>What is answered may rest on an event that was appended a moment ago.</summary>
    private void AnswerPeople()
    {
        foreach (var (request, result) in _answers)
        {
            Waiters.Complete(request, result, _lastCommit);
        }

        foreach (var (request, answer) in _orderAnswers)
        {
            OrderWaiters.Complete(request, answer, _lastCommit);
        }

        _answers.Clear();
        _orderAnswers.Clear();
    }
}
