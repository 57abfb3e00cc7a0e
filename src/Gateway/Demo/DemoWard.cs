using System.Globalization;
using System.Text;

namespace IoTGateway.Demo;

/// <summary>The ward of the demo: eight beds of one ward with a monitor each.</summary>
internal static class DemoWard
{
    public const int Beds = 8;

    /// <summary>Writes the census file of the ward into a directory, which is made if absent, and returns its path.</summary>
    /// <exception cref="UserErrorException">The directory cannot be written.</exception>
    public static string WriteCensus(string directory)
    {
        var text = new StringBuilder("# The ward of the demo. The gateway reads it again when it changes.\nversion: 1\nwards:\n  - ward: Demo\n    population: adults\n    monitored: [hr, spo2, rr]\n    beds:\n");
        for (var bed = 1; bed <= Beds; bed++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{ bed: Bed {bed}, patient: patient-{bed}, devices: [monitor-{bed}] }}\n");
        }

        var path = Path.Combine(directory, "census.yaml");
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(path, text.ToString());
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The data directory {Path.GetFullPath(directory)} cannot be written: {failure.Message} Choose another with --data.", failure);
        }
    }
}
