using System.Collections.Immutable;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;

namespace IoTGateway.Alerts;

/// <content>What is decided, one change at a time. Whether it may be is decided before.</content>
public sealed partial class CareLedger
{
    /// <summary>A care pause begins, or begins anew.</summary>
    internal void Pause(string patient, CarePause pause, in CareCause cause, ICollection<CareEvent> output) =>
        Record(CareChange.Paused, patient, Of(patient) with { Pause = pause }, cause, output);

    /// <summary>The care pause is over; nothing if there is none.</summary>
    internal void Resume(string patient, in CareCause cause, ICollection<CareEvent> output)
    {
        if (Of(patient) is { Pause: not null } care)
        {
            Record(CareChange.Resumed, patient, care with { Pause = null }, cause, output);
        }
    }

    /// <summary>The patient is away.</summary>
    internal void StandBy(string patient, Standby standby, in CareCause cause, ICollection<CareEvent> output) =>
        Record(CareChange.StoodBy, patient, Of(patient) with { Standby = standby }, cause, output);

    /// <summary>The patient is back; nothing if there was no standby.</summary>
    internal void EndStandby(string patient, in CareCause cause, ICollection<CareEvent> output)
    {
        if (Of(patient) is { Standby: not null } care)
        {
            Record(CareChange.StandbyEnded, patient, care with { Standby = null }, cause, output);
        }
    }

    /// <summary>A limit is set at the bedside, in place of the one set before.</summary>
    internal void SetLimit(string patient, BedsideLimit limit, in CareCause cause, ICollection<CareEvent> output)
    {
        var care = Of(patient);
        ImmutableArray<BedsideLimit> limits = [.. care.Limits.Where(other => other.Limit != limit.Limit).Append(limit).OrderBy(one => one.Limit, StringComparer.Ordinal)];
        Record(CareChange.LimitSet, patient, care with { Limits = limits }, cause, output, limit.Limit);
    }

    /// <summary>A limit set at the bedside no longer counts; nothing if there was none.</summary>
    internal void EndLimit(string patient, string limit, in CareCause cause, ICollection<CareEvent> output)
    {
        var care = Of(patient);
        var limits = care.Limits.RemoveAll(one => one.Limit == limit);
        if (limits.Length < care.Limits.Length)
        {
            Record(CareChange.LimitEnded, patient, care with { Limits = limits }, cause, output, limit);
        }
    }

    /// <summary>What came late was seen.</summary>
    internal void NoteSeen(string patient, in CareCause cause, ICollection<CareEvent> output) => Record(CareChange.NoteSeen, patient, Of(patient), cause, output);

    /// <summary>The patient has gone; nothing if nothing was decided.</summary>
    internal void Discharge(string patient, in CareCause cause, ICollection<CareEvent> output)
    {
        if (_care.ContainsKey(patient))
        {
            Record(CareChange.Discharged, patient, PatientCare.Ordinary, cause, output);
        }
    }

    /// <summary>What is over next by its time: when, whose, and what; the name of a limit where it is one. Null for nothing.</summary>
    internal (Instant Time, string Patient, CareChange Change, string Limit)? NextDue
    {
        get
        {
            (Instant Time, string Patient, CareChange Change, string Limit)? next = null;
            foreach (var (patient, care) in Patients)
            {
                Consider(care.Pause?.Until, patient, CareChange.Resumed, "");
                Consider(care.Standby?.Until, patient, CareChange.StandbyEnded, "");
                foreach (var limit in care.Limits)
                {
                    Consider(limit.Until, patient, CareChange.LimitEnded, limit.Limit);
                }
            }

            return next;

            void Consider(Instant? until, string patient, CareChange change, string limit)
            {
                if (until is { } time && (next is null || time < next.Value.Time))
                {
                    next = (time, patient, change, limit);
                }
            }
        }
    }

    private void Record(CareChange change, string patient, PatientCare care, in CareCause cause, ICollection<CareEvent> output, string limit = "")
    {
        var happened = new CareEvent
        {
            Number = Version + 1,
            Change = change,
            Patient = patient,
            Ward = cause.Place.Ward,
            Bed = cause.Place.Bed,
            Care = care,
            Limit = limit,
            Time = cause.Time,
            Recorded = cause.Context.Recorded,
            Input = cause.Context.Input,
            By = cause.By,
            Why = cause.Why,
            RuleSet = cause.Context.RuleSet,
        };
        Apply(happened);
        output.Add(happened);
    }
}
