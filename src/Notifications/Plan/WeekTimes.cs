namespace IoTGateway.Notifications.Plan;

/// <summary>
/// Hours of the week on the clock of the ward's wall, such as 19:00 to 07:00 from Monday to Friday. What goes over midnight belongs to the day on which it
/// begins.
/// </summary>
/// <remarks>
/// Only the wall clock counts, so the change to and from summer time needs no rule: the hour that is left out is nobody's, the one that comes twice is the
/// same shift twice.
/// </remarks>
/// <param name="From">The first minute of the day, 0 to 1,439.</param>
/// <param name="To">The minute at which it is over, 0 to 1,440; not later than <paramref name="From"/>: on the next day.</param>
/// <param name="Days">The days on which it begins, one bit each, Sunday the lowest.</param>
public readonly record struct WeekTimes(int From, int To, int Days)
{
    /// <summary>The minutes of a week.</summary>
    public const int WeekMinutes = 7 * DayMinutes;

    /// <summary>The minutes of a day.</summary>
    public const int DayMinutes = 24 * 60;

    /// <summary>All days.</summary>
    public const int AllDays = 0b111_1111;

    /// <summary>All hours.</summary>
    public static readonly WeekTimes Always = new(0, DayMinutes, AllDays);

    /// <summary>The minute of the week at a wall clock, from Sunday, 00:00.</summary>
    public static int MinuteOf(DateTime wallClock) => ((int)wallClock.DayOfWeek * DayMinutes) + (wallClock.Hour * 60) + wallClock.Minute;

    /// <summary>Whether a minute of the week, counted from Sunday 00:00, is among them.</summary>
    public bool Holds(int minuteOfWeek)
    {
        var day = minuteOfWeek / DayMinutes;
        var minute = minuteOfWeek % DayMinutes;
        if (From < To)
        {
            return minute >= From && minute < To && IsOn(day);
        }

        return (minute >= From && IsOn(day)) || (minute < To && IsOn((day + 6) % 7));
    }

    private bool IsOn(int day) => (Days >> day & 1) != 0;
}
