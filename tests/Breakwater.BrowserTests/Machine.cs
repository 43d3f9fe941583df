using System.Globalization;

namespace Breakwater.BrowserTests;

/// <summary>How busy the machine of the tests is.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Load over the last minute, as the system counts it; 0 where it does not say.</summary>
    internal static double Load => File.Exists(LoadFile)
        ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture)
        : 0d;

    /// <summary>How many want each processor, ≥ 1: what takes a second on a quiet machine takes so many here.</summary>
    internal static double Crowding => Math.Max(1d, Load / Environment.ProcessorCount);
}
