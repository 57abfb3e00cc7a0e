using System.Runtime.CompilerServices;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>
/// How much memory the engine keeps for one patient: rows of a size that the rule set decides and no patient changes (see <see cref="PatientState"/>).
/// Only alerts that are not idle come on top.
/// </summary>
internal static class StateSize
{
    /// <summary>
    /// What a usual rule set stays below. The shipped rules take 2.6 KB, of which half is for their 19 signals; a window costs 0.3 KB. At 100,000 patients
    /// this is 0.4 GB, and readings are slower as less of it is in caches.
    /// </summary>
    public const int Usual = 4_000;

    /// <summary>A rule set that needs more is refused. All limits of a rule set together allow more than that; no real one comes near.</summary>
    public const int Most = 64 * 1024;

    // An array has a header, a type and a length; the object itself a header, a type and these fields.
    private const int ArrayHead = 24;
    private const int Fields = 136;

    /// <summary>Bytes for one patient without alerts, on a machine of 64 bits.</summary>
    public static int BytesPerPatient(ProgramLayout layout, int rules) =>
        Fields
        + Array<SlotState>(layout.SignalCount)
        + Array<DerivedState>(layout.Slots.Length - layout.SignalCount)
        + Array<WindowState>(layout.Windows.Length)
        + Array<double>(layout.PaneCount)
        + Array<ushort>(layout.CountCount)
        + Array<ulong>((rules + 63) / 64);

    private static int Array<T>(int length) => (ArrayHead + (length * Unsafe.SizeOf<T>()) + 7) & ~7;
}
