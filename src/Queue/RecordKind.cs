namespace IoTGateway.Queue;

/// <summary>What a record of the log is. The numbers are part of the on-disk format and never change their meaning.</summary>
public enum RecordKind : byte
{
    /// <summary>Never written: a zeroed record is not a record.</summary>
    None = 0,

    /// <summary>A topic's name and number; durable before or with its first use.</summary>
    Topic = 1,

    /// <summary>How far a consumer has come.</summary>
    Cursor = 2,

    /// <summary>A reading as published by a device: a <see cref="Records.PublishRecord"/>.</summary>
    Reading = 3,

    /// <summary>PUBREL of a QoS 2 message: its packet identifier is free again. A <see cref="Records.ReleaseRecord"/>.</summary>
    Release = 4,

    /// <summary>A session began, subscribed or ended. A <see cref="Records.SessionRecord"/>.</summary>
    Session = 5,

    /// <summary>A device's birth, will or state: a <see cref="Records.PublishRecord"/>.</summary>
    DeviceStatus = 6,

    /// <summary>An alert is acknowledged by a person.</summary>
    Acknowledgement = 7,

    /// <summary>Who is where changed.</summary>
    Census = 8,

    /// <summary>Another rule set is in force.</summary>
    RuleSet = 9,

    /// <summary>A tick of the clock that changed an alert.</summary>
    Tick = 10,

    /// <summary>A transition of an alert.</summary>
    AlertEvent = 11,

    /// <summary>A record that a consumer could not use, with the reason. A <see cref="Records.DeadLetterRecord"/>.</summary>
    DeadLetter = 12,

    /// <summary>A consumer is gone for good and holds nothing any more.</summary>
    ConsumerRemoved = 13,

    /// <summary>Damage that was found in the log. A <see cref="Records.DamageRecord"/>.</summary>
    Damage = 14,

    /// <summary>The log is full and takes no readings, or takes them again. A <see cref="Records.AdmissionRecord"/>.</summary>
    Admission = 15,

    /// <summary>A consumer is paused or resumed; holds until the next one of the same consumer, also over restarts.</summary>
    ConsumerPaused = 16,

    /// <summary>How far a device's clock was found to be off; holds for its readings behind this record.</summary>
    ClockOffset = 17,

    /// <summary>The wall clock is behind the time of the log, has caught up or has jumped ahead. A <see cref="Records.ClockRecord"/>.</summary>
    Clock = 18,

    /// <summary>What a person wants done at an alert or a patient: a silence, a pause, a limit. The rules answer it.</summary>
    Order = 19,

    /// <summary>How a patient is cared for is another from here on: standby, a pause, limits set at the bedside.</summary>
    Care = 20,

    /// <summary>What a person has measured or seen of a patient, or a correction of it.</summary>
    Observation = 21,

    /// <summary>A step of the escalation of an alert, with the pages it sends.</summary>
    Page = 22,

    /// <summary>What became of a page on its channel.</summary>
    PageReceipt = 23,

    /// <summary>Who is to be told of what, and how: the roster and the notification rules in force.</summary>
    NotificationRules = 24,

    /// <summary>What a consumer writes to takes nothing, or works again. A <see cref="Records.SinkTroubleRecord"/>.</summary>
    SinkTrouble = 25,
}
