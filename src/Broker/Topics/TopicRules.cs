using System.Buffers;
using System.Text;
using System.Text.Unicode;
using IoTGateway.Readings;

namespace IoTGateway.Broker.Topics;

/// <summary>Which topics clients may publish and subscribe to, and what is done with each.</summary>
internal static class TopicRules
{
    /// <summary>The longest name of a device in a topic. Bytes of UTF-8.</summary>
    public const int DeviceSizeBytesAtMost = 64;

    /// <summary>The longest topic and the longest filter. Bytes of UTF-8.</summary>
    public const int SizeBytesAtMost = 1_024;

    /// <summary>How many levels a filter or an ordinary topic may have: what is sought level by level must not be endless.</summary>
    public const int LevelsAtMost = 200;

    private static readonly SearchValues<byte> NotInNames = SearchValues.Create("+#\0"u8);

    /// <summary>What the gateway does with a message to this topic.</summary>
    public static TopicUse Classify(ReadOnlySpan<byte> topic)
    {
        if (!IsTopic(topic))
        {
            return TopicUse.Malformed;
        }

        if (topic.StartsWith("devices/"u8))
        {
            return ClassifyDevice(topic);
        }

        if (topic.StartsWith("alerts/"u8))
        {
            return IsAcknowledgement(topic) ? TopicUse.Acknowledgement : TopicUse.Forbidden;
        }

        return topic[0] == (byte)'$' || topic.StartsWith("alert-events/"u8) || topic.SequenceEqual("alerts"u8) || topic.SequenceEqual("alert-events"u8)
            ? TopicUse.Forbidden
            : TopicUse.Ordinary;
    }

    /// <summary>Whether it is the name of a topic at all: not empty, UTF-8, no wildcard, no U+0000 (MQTT 5, 4.7.3).</summary>
    public static bool IsTopic(ReadOnlySpan<byte> topic) => !topic.IsEmpty && !topic.ContainsAny(NotInNames) && Utf8.IsValid(topic);

    /// <summary>Whether an ordinary topic has more levels than allowed.</summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> topic) => topic.Count((byte)'/') >= LevelsAtMost;

    /// <summary>Whether it is the filter of a shared subscription (MQTT 5, 4.8.2).</summary>
    public static bool IsShared(string filter) => filter.StartsWith("$share/", StringComparison.Ordinal) || filter == "$share";

    /// <summary>Whether a subscription's filter is one by the rules of MQTT (MQTT 5, 4.7.1).</summary>
    public static bool IsFilter(string? filter)
    {
        if (string.IsNullOrEmpty(filter) || filter.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(filter) > SizeBytesAtMost
            || filter.AsSpan().Count('/') >= LevelsAtMost)
        {
            return false;
        }

        for (var at = 0; at < filter.Length; at++)
        {
            var wildcard = filter[at] is '+' or '#';
            var alone = (at == 0 || filter[at - 1] == '/') && (at == filter.Length - 1 || filter[at + 1] == '/');
            if ((wildcard && !alone) || (filter[at] == '#' && at != filter.Length - 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether there is any device whose readings the filter matches.</summary>
    public static bool CanMatchReadings(string filter)
    {
        var levels = filter.Split('/');
        if (levels is [.., "#"] and not [_, _, _, _])
        {
            // "#" also stands for no level at all, so a whole topic may precede it; that case has four levels.
            return levels.Length < 4 && (levels.Length == 1 || Matches(levels[0], "devices")) && (levels.Length < 3 || levels[1].Length > 0);
        }

        return (levels.Length == 3 || (levels.Length == 4 && levels[3] == "#"))
            && Matches(levels[0], "devices") && levels[1].Length > 0 && Matches(levels[2], "vitals");

        static bool Matches(string level, string name) => level == "+" || level == name;
    }

    /// <summary>The first level of a topic: as much as may be logged, since later levels can name a patient.</summary>
    public static string FirstLevel(ReadOnlySpan<byte> topic)
    {
        var slash = topic.IndexOf((byte)'/');
        var level = slash < 0 ? topic : topic[..slash];
        return Encoding.UTF8.GetString(level[..Math.Min(level.Length, DeviceSizeBytesAtMost)]);
    }

    private static TopicUse ClassifyDevice(ReadOnlySpan<byte> topic)
    {
        switch (DeviceTopic.Parse(topic, out var device))
        {
            case DeviceTopicKind.Vitals:
                return device.Length <= DeviceSizeBytesAtMost ? TopicUse.Reading : TopicUse.Invalid;
            case DeviceTopicKind.Status:
                return device.Length <= DeviceSizeBytesAtMost ? TopicUse.DeviceStatus : TopicUse.Invalid;
            default:
                return topic.SequenceEqual("devices//vitals"u8) || topic.SequenceEqual("devices//status"u8) ? TopicUse.Invalid : TopicUse.Ordinary;
        }
    }

    /// <summary>Whether it is <c>alerts/{ward}/{patient}/{alert}/ack</c> with no empty level.</summary>
    private static bool IsAcknowledgement(ReadOnlySpan<byte> topic)
    {
        var levels = 0;
        foreach (var level in topic.Split((byte)'/'))
        {
            if (topic[level].IsEmpty)
            {
                return false;
            }

            levels++;
        }

        return levels == 5 && topic.EndsWith("/ack"u8);
    }
}
