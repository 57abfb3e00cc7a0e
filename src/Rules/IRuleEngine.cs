using System.Buffers;
using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>
/// The port between the gateway and whatever evaluates the rules. Synchronous, single-threaded, no clock, no I/O; the same inputs in the
/// same order give the same outputs. At one instant: timers strictly before it fire first, then readings, then timers due at it.
/// </summary>
public interface IRuleEngine
{
    /// <summary>The rules in force; null before the first <see cref="Load"/>.</summary>
    RuleSet? Rules { get; }

    /// <summary>
    /// Whether some patients still wait to be brought under the rules in force. They are when they are next touched; the rest follows some at a
    /// time with each <see cref="Advance"/>, so that no reading waits for all of them. Their transitions have the time of the load.
    /// </summary>
    bool IsMigrating { get; }

    /// <summary>
    /// Puts a rule set into force. State is carried over by alert name; an alert whose rule is gone ends with that reason. Patients with an alert
    /// that is not idle are brought under the new rules at once.
    /// </summary>
    void Load(RuleSet rules, Instant time, ICollection<AlertTransition> output);

    /// <summary>Admits a patient or changes what is known of one. Returns the handle for <see cref="Ingest"/>, valid until removed.</summary>
    /// <remarks>From here on the monitored signals of a new patient are waited for: they are missing after their time if none ever comes.</remarks>
    int SetPatient(PatientProfile profile, Instant time, ICollection<AlertTransition> output);

    /// <summary>Forgets a patient; its alerts end with the reason.</summary>
    void RemovePatient(string patient, Instant time, string reason, ICollection<AlertTransition> output);

    /// <summary>Forgets the values, timers and windows of a patient's signals (another device took over); alerts end with the reason.</summary>
    void ResetPatient(string patient, Instant time, string reason, ICollection<AlertTransition> output);

    /// <summary>Takes in the values of one moment. Late ones (see <see cref="Reading.IsLate"/>) enter windows only.</summary>
    /// <remarks>
    /// A value that is <see cref="Quality.Retracted"/> takes back the newest value of its signal, if that has the same time and number: then nothing is known of
    /// the signal. What alerts rest on it stand until a new value comes, and what a window has taken in stays in it.
    /// </remarks>
    /// <param name="patient">The handle from <see cref="SetPatient"/>.</param>
    /// <param name="reading">The values; only those of the patient matter. Not kept.</param>
    /// <param name="output">Receives the transitions, in order.</param>
    void Ingest(int patient, Reading reading, ICollection<AlertTransition> output);

    /// <summary>Time passes for all patients: fires every timer due up to and including <paramref name="time"/>, each at its own instant.</summary>
    /// <returns>
    /// Whether anything has changed, told or not: a value may have gone out of date. A call that changed nothing has left no trace, so it need not be
    /// done again to come to the same state.
    /// </returns>
    bool Advance(Instant time, ICollection<AlertTransition> output);

    /// <summary>The newest value of each signal of a patient, for those who show it. Empty for an unknown patient.</summary>
    IReadOnlyList<LatestValue> LatestValues(string patient);

    /// <summary>The scores of a patient that a rule for this patient looks at, trials left out, in the order of the files. Empty for an unknown patient.</summary>
    IReadOnlyList<LatestScore> LatestScores(string patient) => [];

    /// <summary>
    /// Monitored signals are waited for anew from a moment on: after an outage of the gateway nothing may count as missing for the time in
    /// which nobody listened. What is missing already stays so, and values go out of date as always.
    /// </summary>
    void WaitAnew(Instant time);

    /// <summary>Why an alert of a patient is or is not raised, as of the last input. Null for an unknown patient or alert.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="alert">The alert's name or slug.</param>
    Explanation? Explain(string patient, string alert);

    /// <summary>
    /// What a signal, a derived signal or a score of a patient is as of the last input, as conditions see it, and what it is made of; of a score also
    /// which rows of its table count. Null for an unknown patient or name.
    /// </summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="name">Its name, as rules say it: where <c>use</c> puts another derived signal in its place, that one is told.</param>
    ExplanationNode? ExplainValue(string patient, string name);

    /// <summary>Writes the whole state but the rule set. Only while not <see cref="IsMigrating"/>.</summary>
    void Save(IBufferWriter<byte> writer);

    /// <summary>Reads back what <see cref="Save"/> wrote under the same rule set. Throws <see cref="InvalidDataException"/> if it cannot.</summary>
    void Restore(RuleSet rules, ReadOnlySpan<byte> state);
}
