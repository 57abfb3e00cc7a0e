using Microsoft.Extensions.Options;

namespace IoTGateway.Board;

/// <summary>Refuses to start with a setting that would only show later, and names all wrong ones at once.</summary>
internal sealed class BoardOptionsValidator : IValidateOptions<BoardOptions>
{
    private const int DisplayNameLengthMost = 60;
    private const int StreamsMostHighest = 10_000;

    public ValidateOptionsResult Validate(string? name, BoardOptions options)
    {
        var errors = new List<string>();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone ?? "", out _))
        {
            errors.Add($"The site's time zone '{options.TimeZone}' is not known on this machine: give an IANA id such as Europe/Berlin, and install the package tzdata if it is missing.");
        }

        if (string.IsNullOrWhiteSpace(options.DisplayName) || options.DisplayName.Length > DisplayNameLengthMost)
        {
            errors.Add($"The board's display name needs 1 to {DisplayNameLengthMost} characters.");
        }

        if (options.StreamsMost is < 1 or > StreamsMostHighest)
        {
            errors.Add($"The board's number of live streams is {options.StreamsMost}; it must be 1 to {StreamsMostHighest}.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
