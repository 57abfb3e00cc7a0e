using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>The real engine; notes as whom each patient was admitted.</summary>
internal sealed class ProfileEngine(List<PatientProfile> profiles) : PassingEngine
{
    public override int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output)
    {
        profiles.Add(profile);
        return base.SetPatient(profile, time, output);
    }
}
