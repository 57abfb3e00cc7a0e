namespace IoTGateway.Configuration;

/// <summary>Reads the configuration from its three sources.</summary>
internal static class ConfigurationLoader
{
    private const string EnvironmentPrefix = "IoTGateway__";

    /// <summary>Reads and validates.</summary>
    /// <param name="file">The configuration file; null: <c>appsettings.json</c> in the working directory, if there is one.</param>
    /// <param name="overrides">What the command line says, by setting name.</param>
    /// <exception cref="UserErrorException">Something is wrong; the message holds every error, a line each.</exception>
    public static GatewayOptions Load(string? file, IReadOnlyDictionary<string, string?> overrides)
    {
        var path = Path.GetFullPath(file ?? "appsettings.json");
        if (file is not null && !File.Exists(path))
        {
            throw new UserErrorException($"The configuration file {path} does not exist.");
        }

        try
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(path, optional: file is null)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddInMemoryCollection(overrides.Where(setting => setting.Value is not null))
                .Build();
            var errors = UnknownSettings(configuration).ToList();
            var options = new GatewayOptions();
            try
            {
                options = configuration.Get<GatewayOptions>() ?? options;
            }
            catch (InvalidOperationException failure)
            {
                errors.Add(failure.InnerException is { } cause ? $"{failure.Message} {cause.Message}" : failure.Message);
            }

            errors.AddRange(GatewayOptionsValidator.Validate(options));
            return errors.Count == 0 ? options : throw new UserErrorException(string.Join(Environment.NewLine, errors));
        }
        catch (InvalidDataException failure)
        {
            throw new UserErrorException($"The configuration file {path} cannot be read: {failure.InnerException?.Message ?? failure.Message}");
        }
    }

    /// <summary>A misspelt setting would otherwise be passed over in silence.</summary>
    private static IEnumerable<string> UnknownSettings(IConfiguration configuration)
    {
        var known = Names(typeof(GatewayOptions), "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (value is not null && !known.Contains(name) && !name.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("AllowedHosts", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"There is no setting '{name}'.";
            }
        }
    }

    private static IEnumerable<string> Names(Type type, string prefix) =>
        type.GetProperties().SelectMany(property => property.PropertyType.Namespace == typeof(GatewayOptions).Namespace
            ? Names(property.PropertyType, prefix + property.Name + ":")
            : [prefix + property.Name]);
}
