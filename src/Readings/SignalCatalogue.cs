using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace IoTGateway.Readings;

/// <summary>All signals the gateway knows. Immutable; found by id or alias.</summary>
public sealed class SignalCatalogue
{
    private readonly FrozenDictionary<string, Signal> _byName;
    private readonly FrozenDictionary<string, Signal>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    /// <summary>Makes a catalogue. Throws <see cref="ArgumentException"/> when an index is not its place or a name is used twice.</summary>
    public SignalCatalogue(ImmutableArray<Signal> signals)
    {
        Signals = signals;
        var names = new Dictionary<string, Signal>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < signals.Length; index++)
        {
            var signal = signals[index];
            if (signal.Index != index)
            {
                throw new ArgumentException($"Signal '{signal.Id}' stands at place {index} but says {signal.Index}.", nameof(signals));
            }

            foreach (var name in signal.Aliases.Prepend(signal.Id))
            {
                if (!names.TryAdd(name, signal))
                {
                    throw new ArgumentException($"The name '{name}' belongs to two signals: '{names[name].Id}' and '{signal.Id}'.", nameof(signals));
                }
            }
        }

        _byName = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _bySpan = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The signals in the order of the file.</summary>
    public ImmutableArray<Signal> Signals { get; }

    /// <summary>The signal with this id or alias (upper and lower case alike); null if there is none.</summary>
    public Signal? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same for UTF-8 text, without allocating.</summary>
    public Signal? Find(ReadOnlySpan<byte> utf8Name)
    {
        const int LongestName = 64;
        if (utf8Name.Length > LongestName)
        {
            return null;
        }

        Span<char> name = stackalloc char[LongestName];
        return Encoding.UTF8.TryGetChars(utf8Name, name, out var length) && _bySpan.TryGetValue(name[..length], out var signal) ? signal : null;
    }
}
