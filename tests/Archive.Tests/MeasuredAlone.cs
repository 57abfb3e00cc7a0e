namespace IoTGateway.Archive.Tests;

/// <summary>Tests that measure time: they run when no other test of this project does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
