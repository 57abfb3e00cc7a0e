namespace IoTGateway.Board.Api.Requests;

/// <summary>A consumer that stores gets records once more.</summary>
/// <param name="DeadLetters">Its dead letters and what is parked.</param>
/// <param name="Topic">Only this topic; left out: all.</param>
/// <param name="From">Received at or after this time; left out: from the oldest.</param>
/// <param name="To">Received before this time; left out: to the newest.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record ReplayRequest(bool? DeadLetters, string? Topic, string? From, string? To, string? By);
