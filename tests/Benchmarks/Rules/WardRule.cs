namespace IoTGateway.Benchmarks.Rules;

/// <summary>One rule as both engines get it.</summary>
/// <param name="Name">The alert.</param>
/// <param name="Text">What stands below its name in a rule file, with `for`, `clear when` and `clear after`: what ours is timed with.</param>
/// <param name="When">Its condition alone, in our language; of several levels any: what is held against the reference's.</param>
/// <param name="Lambda">The same condition for the reference, over <see cref="Vitals"/>.</param>
/// <param name="Signals">The signals it looks at, also through what is computed of them.</param>
internal sealed record WardRule(string Name, string Text, string When, string Lambda, string[] Signals);
