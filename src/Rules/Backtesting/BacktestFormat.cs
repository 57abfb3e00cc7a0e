namespace IoTGateway.Rules;

/// <summary>How a backtest writes its transitions.</summary>
public enum BacktestFormat
{
    /// <summary><c>time,patient,alert,transition,value</c> with a header; texts with commas in quotes.</summary>
    Csv = 0,

    /// <summary>One JSON object a line, with the message and the reason.</summary>
    Json = 1,

    /// <summary>Columns for people, with the reason.</summary>
    Table = 2,
}
