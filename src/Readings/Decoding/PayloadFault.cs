using System.Globalization;

namespace IoTGateway.Readings.Decoding;

/// <summary>The words for what is wrong with a payload. They name the place, counted in bytes from 0, and never repeat what stands there: it may be a patient's.</summary>
internal static class PayloadFault
{
    public const string Empty = "The payload is empty.";

    public const string EmptyArray = "The payload is an empty array: it holds no reading.";

    public static string NotUtf8(long position) =>
        At($"The payload is not UTF-8: byte {position} is no part of a character.");

    public static string Utf16() => "The payload is UTF-16; send UTF-8.";

    public static string NotJson(long position) => At($"The payload is not JSON: the fault is at byte {position}.");

    public static string EndsTooEarly(long position) => At($"The payload is cut off: its JSON is not complete where it ends, at byte {position}.");

    public static string TooDeep(int depth) => At($"The payload nests deeper than {depth} levels.");

    public static string TooManyReadings(long position) =>
        At($"The payload holds more than {ReadingDecoder.ReadingsAtMost} readings (the next begins at byte {position}); send smaller batches.");

    public static string NeitherObjectNorArray(long position) =>
        At($"The value at byte {position} is neither an object with a reading nor an array of such objects.");

    public static string ElementIsNoObject(long position) => At($"The element at byte {position} is no object with a reading.");

    public static string NoKnownSignal(long position) => At($"The reading at byte {position} has no known signal.");

    public static string NoReadableValue(long position, Signal signal) =>
        At($"The reading at byte {position} has no value that can be understood: '{signal.Id}' has none.");

    public static string ValuesAreNoObject(long position) => At($"'values' at byte {position} is no object.");

    public static string TwoTimes(long position) => At($"The reading has two times 'ts', the second at byte {position}: nothing tells which is meant.");

    public static string Time(DeviceTimeFault fault, long position) => fault switch
    {
        DeviceTimeFault.NoOffset => At($"The time 'ts' at byte {position} has no offset: end it with Z or an offset such as +01:00."),
        DeviceTimeFault.BeforeEpoch => At($"The time 'ts' at byte {position} is before 1970."),
        DeviceTimeFault.TooLarge =>
            At($"The time 'ts' at byte {position} is beyond the year 9999; send Unix milliseconds, not microseconds or nanoseconds."),
        _ => At($"The time 'ts' at byte {position} is neither Unix time nor a date and time in ISO 8601 such as 2026-11-22T20:40:00Z."),
    };

    public static string NoneOf(int readings, string first) =>
        At($"None of the {readings} readings can be used. The first: {first}");

    public static string LooksLike(string reason, PayloadFormat format) =>
        $"{reason} The payload looks like {PayloadFormats.NameOf(format)}, which is not supported yet.";

    private static string At(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
