using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>The real engine, with an error that a heart rate of 66 meets.</summary>
internal sealed class FaultyEngine : PassingEngine
{
    public override void Ingest(int patient, Reading reading, ICollection<AlertTransition> output)
    {
        if (reading.Values.Any(value => value.Signal.Id == "hr" && value.Value == 66))
        {
            throw new InvalidOperationException("An error in the engine.");
        }

        base.Ingest(patient, reading, output);
    }
}
