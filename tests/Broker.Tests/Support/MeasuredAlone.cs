namespace IoTGateway.Broker.Tests.Support;

/// <summary>Tests that measure what the whole process allocates: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public class MeasuredAlone;
