using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Cli.Benchmarks;

/// <summary>What a benchmark ran on.</summary>
/// <param name="Cpu">Name of the processor.</param>
/// <param name="Processors">Logical processors the process may use.</param>
/// <param name="VectorBits">Width of the widest vectors used, bits; 64 is no vector.</param>
/// <param name="Runtime">Runtime and operating system.</param>
internal sealed record Machine(string Cpu, int Processors, int VectorBits, string Runtime)
{
    private const string CpuInfo = "/proc/cpuinfo";
    private const string CpuInfoKey = "model name";

    /// <summary>This machine.</summary>
    public static Machine Here() => new(
        CpuName(),
        Environment.ProcessorCount,
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 64,
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");

    private static string CpuName()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString();
        try
        {
            string? line = File.ReadLines(CpuInfo)
                .FirstOrDefault(line => line.StartsWith(CpuInfoKey, StringComparison.Ordinal));
            return line is null ? architecture : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return architecture;
        }
    }
}
