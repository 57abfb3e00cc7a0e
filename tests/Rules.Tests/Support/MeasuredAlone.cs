namespace IoTGateway.Rules.Tests.Support;

/// <summary>Tests that measure memory or time: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public class MeasuredAlone;
