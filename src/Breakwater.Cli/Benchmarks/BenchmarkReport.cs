using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Prints results: a table, or the document of INTERFACES 2.</summary>
internal static class BenchmarkReport
{
    private const double MilliPerOne = 1e3;

    /// <summary>Writes the report.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="machine">What it ran on.</param>
    /// <param name="results">The results.</param>
    public static void Write(Shell shell, Machine machine, ImmutableArray<BenchmarkResult> results)
    {
        if (shell.IsJson) WriteJson(shell.Output, machine, results);
        else WriteTable(shell.Output, machine, results);
    }

    private static void WriteJson(TextWriter output, Machine machine, ImmutableArray<BenchmarkResult> results) =>
        JsonOutput.Write(output, json => json.Object(() =>
        {
            json.Object("machine", () =>
            {
                json.WriteString("cpu", machine.Cpu);
                json.WriteNumber("processors", machine.Processors);
                json.WriteNumber("vectorBits", machine.VectorBits);
                json.WriteString("runtime", machine.Runtime);
            });
            json.Objects("results", results, result =>
            {
                json.WriteString("workload", result.Workload);
                json.WriteString("variant", result.Variant);
                json.WriteNumber("threads", result.Threads);
                json.WriteNumber("cpuSeconds", result.Time.CpuSeconds);
                json.WriteNumber("wallSeconds", result.Time.WallSeconds);
                json.WriteNumber("rate", result.Rate);
                json.WriteString("unit", result.Unit);
                json.Object("checksums", () =>
                {
                    foreach ((string name, string value) in result.Checksums) json.WriteString(name, value);
                });
                json.Object("figures", () =>
                {
                    foreach ((string name, double value) in result.Figures) json.WriteNumber(name, value);
                });
            });
        }));

    private static void WriteTable(TextWriter output, Machine machine, ImmutableArray<BenchmarkResult> results)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"machine: {machine.Cpu}, {machine.Processors} processors, {machine.VectorBits}-bit vectors, "
            + $"{machine.Runtime}"));
        TextTable table = new("workload", "variant", ">threads", ">CPU, ms", ">wall, ms", ">rate", "unit");
        foreach (BenchmarkResult result in results)
        {
            table.Row(
                result.Workload,
                result.Variant,
                result.Threads.ToString(CultureInfo.InvariantCulture),
                Number(result.Time.CpuSeconds * MilliPerOne),
                Number(result.Time.WallSeconds * MilliPerOne),
                Number(result.Rate),
                result.Unit);
        }

        table.Write(output);
        foreach (BenchmarkResult result in results.Where(result => !result.Checksums.IsEmpty))
        {
            output.WriteLine($"{result.Workload} {result.Variant} checksums: "
                + string.Join(", ", result.Checksums.Select(sum => $"{sum.Name} {sum.Value}")));
        }

        foreach (BenchmarkResult result in results.Where(result => !result.Figures.IsEmpty))
        {
            output.WriteLine($"{result.Workload} {result.Variant} figures: "
                + string.Join(", ", result.Figures.Select(figure => $"{figure.Name} {Number(figure.Value)}")));
        }
    }

    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
