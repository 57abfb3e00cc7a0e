using System.Collections.Immutable;

namespace IoTGateway.Rules.Scenarios;

/// <summary>A short story of one patient, and what the alerts have to make of it.</summary>
internal sealed record Scenario
{
    /// <summary>No scenario lasts longer, or sends more values: a test is to be run often.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    /// <summary>The most values of a scenario.</summary>
    public const int MostSamples = 500_000;

    /// <summary>What it shows, in words.</summary>
    public required string Name { get; init; }

    /// <summary>The file it stands in.</summary>
    public required string File { get; init; }

    /// <summary>The line in which it begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The patient.</summary>
    public required PatientProfile Patient { get; init; }

    /// <summary>What each signal does.</summary>
    public required ImmutableArray<Course> Courses { get; init; }

    /// <summary>Who acknowledges what, and when.</summary>
    public ImmutableArray<Acknowledgement> Acknowledgements { get; init; } = [];

    /// <summary>What is expected of alerts.</summary>
    public required ImmutableArray<Expectation> Expectations { get; init; }

    /// <summary>What is expected of signals and scores.</summary>
    public ImmutableArray<ValueExpectation> Values { get; init; } = [];

    /// <summary>The scenario lasts until everything given has been sent and everything expected can be told.</summary>
    public TimeSpan End => Courses.Select(course => course.Length)
        .Concat(Expectations.Select(expectation => expectation.To ?? expectation.From))
        .Concat(Values.Select(value => value.At))
        .Concat(Acknowledgements.Select(acknowledgement => acknowledgement.At))
        .Max();
}
