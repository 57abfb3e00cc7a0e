using IoTGateway.Notifications;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Files;

/// <summary>What the archive knows of a page, so that its receipts can be told of.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Ward">Where the patient lay.</param>
/// <param name="Bed">Where the patient lay.</param>
/// <param name="Patient">Whose alert it is.</param>
/// <param name="Alerts">The names of its alerts.</param>
/// <param name="Episode">The most urgent one's episode.</param>
/// <param name="Priority">The most urgent one's priority.</param>
/// <param name="State">What became of it so far.</param>
/// <param name="Failures">How many tries failed so far.</param>
internal sealed record ArchivedPage(
    string Name, string Channel, string Ward, string Bed, string Patient, string Alerts, string Episode, AlertPriority Priority, PageState State, int Failures);
