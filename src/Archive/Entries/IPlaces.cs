using IoTGateway.Readings.Census;

namespace IoTGateway.Archive.Entries;

/// <summary>Who is where, as known at a place of the log.</summary>
internal interface IPlaces
{
    /// <summary>The census in force; the empty one where there is none.</summary>
    WardCensus Census { get; }

    /// <summary>Where a patient lies; an unassigned device is its own patient.</summary>
    Assignment PlaceOf(string patient);
}
