namespace IoTGateway.Board.Api.Requests;

/// <summary>A rule file is saved.</summary>
/// <param name="Text">Its content; left out: the file is removed.</param>
/// <param name="Expected">The version of the files the person saw; other files are refused.</param>
/// <param name="By">Who: name or initials of 1 to 60 characters, as given; nobody is signed in yet.</param>
internal sealed record SaveRuleRequest(string? Text, string? Expected, string? By);
