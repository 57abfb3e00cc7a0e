namespace IoTGateway.Notifications.Plan;

/// <summary>Where a secret is kept; never in the files themselves, which people show to each other.</summary>
/// <param name="Environment">The environment variable; empty if it is kept in a file.</param>
/// <param name="File">The file, whose first line is the secret; empty if it is kept in the environment.</param>
public sealed record SecretSource(string Environment, string File)
{
    /// <summary>The secret; null, with the reason in words, where it cannot be had.</summary>
    public string? Read(out string reason)
    {
        reason = "";
        if (Environment.Length > 0)
        {
            if (System.Environment.GetEnvironmentVariable(Environment) is { Length: > 0 } value)
            {
                return value;
            }

            reason = $"the environment variable {Environment} is not set";
            return null;
        }

        try
        {
            if (System.IO.File.ReadLines(File).FirstOrDefault()?.Trim() is { Length: > 0 } line)
            {
                return line;
            }

            reason = $"the file {File} is empty";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = $"the file {File} cannot be read: {failure.Message}";
        }

        return null;
    }
}
