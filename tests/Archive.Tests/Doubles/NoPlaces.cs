using IoTGateway.Archive.Entries;
using IoTGateway.Readings.Census;

namespace IoTGateway.Archive.Tests.Doubles;

/// <summary>Nobody lies anywhere.</summary>
internal sealed class NoPlaces : IPlaces
{
    public WardCensus Census => WardCensus.Empty;

    public Assignment PlaceOf(string patient) => Assignment.Unassigned(patient);
}
