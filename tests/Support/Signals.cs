using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>Signals to other processes.</summary>
internal static partial class Signals
{
    private const int SignalInterrupt = 2;
    private const int SignalTerminate = 15;

    /// <summary>Ctrl-C.</summary>
    public static void Interrupt(Process process) => Assert.Equal(0, Send(process.Id, SignalInterrupt));

    /// <summary>SIGTERM, as a service manager stops a program.</summary>
    public static void Terminate(Process process) => Assert.Equal(0, Send(process.Id, SignalTerminate));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
