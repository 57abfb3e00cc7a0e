namespace IoTGateway.FirmwareSim.Device;

/// <summary>What an acknowledgement changed in the in-flight store.</summary>
internal enum AcknowledgementResult
{
    /// <summary>Nothing is completed; a PUBREL may have become due.</summary>
    Nothing = 0,

    /// <summary>A reading is completed and its room is free.</summary>
    ReadingCompleted = 1,

    /// <summary>A birth or end message is completed.</summary>
    StatusCompleted = 2,

    /// <summary>A message was refused for the moment and waits again; nothing new is sent until the pause is over.</summary>
    RefusedForNow = 3,
}
