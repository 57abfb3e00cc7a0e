namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>The words of a generation.</summary>
internal sealed record DialectWords(string NoCredentials, string WrongCredentials, string Forbidden, string NoTarget, string TooLarge, Func<string, string> UnknownTarget);
