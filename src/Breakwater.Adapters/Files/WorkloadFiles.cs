using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads a folder of the peers' workload: arrays of little-endian numbers, one a file, without
/// header.</summary>
/// <remarks>
/// Doubles F, K, T, V, CP: options; iF, iK, iT, iV, iCP, iW and 32-bit whole numbers iU: instruments; r0, r1, v0, v1:
/// scenarios; g0, g1, h0, h1: the grid; 32-bit whole numbers idx and doubles qty: positions of accounts.
/// </remarks>
public static class WorkloadFiles
{
    // Factors are ratios of whole orders: 1e-9 … 1e9 holds every price, volatility and time that means something.
    private const double PositiveMin = 1e-9;
    private const double PositiveMax = 1e9;
    private const double ReturnMax = 5.0; // e^±5
    private const double ShockMin = -0.95; // keeps volatility positive under weights up to 1
    private const double QuantityMax = 1e6;

    /// <summary>The workload in a folder, or every refusal: a file that is missing, too short or too long, a number
    /// that is not finite or outside its domain.</summary>
    /// <param name="folder">Path of the folder.</param>
    public static Result<Workload> Load(string folder)
    {
        List<Failure> failures = [];
        ImmutableArray<double> Doubles(string name, int count, double minimum, double maximum) =>
            Read<double>(folder, name, count, (minimum, maximum), failures);
        ImmutableArray<double> Positive(string name, int count) => Doubles(name, count, PositiveMin, PositiveMax);
        WorkloadOptions Options(string prefix, int count) => new(
            Positive(prefix + "F", count),
            Positive(prefix + "K", count),
            Positive(prefix + "T", count),
            Positive(prefix + "V", count),
            Signs(folder, prefix + "CP", count, failures));
        WorkloadShocks Shocks(string returns, string volatilities, int count) => new(
            Doubles(returns, count, -ReturnMax, ReturnMax), Doubles(volatilities, count, ShockMin, PositiveMax));
        ImmutableArray<int> Indices(string name, int count, int limit) =>
            Read<int>(folder, name, count, (0, limit - 1), failures);

        const int InstrumentCount = Workload.InstrumentCount;
        const int HeldCount = Workload.AccountCount * Workload.PositionsPerAccount;
        Workload workload = new(
            Options(string.Empty, Workload.OptionCount),
            new WorkloadInstruments(
                Options("i", InstrumentCount),
                Doubles("iW", InstrumentCount, 0.0, 1.0),
                Indices("iU", InstrumentCount, Workload.UnderlyingCount)),
            [Shocks("r0", "v0", Workload.ScenarioCount), Shocks("r1", "v1", Workload.ScenarioCount)],
            [Shocks("g0", "h0", Workload.GridCount), Shocks("g1", "h1", Workload.GridCount)],
            Indices("idx", HeldCount, InstrumentCount),
            Doubles("qty", HeldCount, -QuantityMax, QuantityMax));
        RequireTimeLeft(folder, workload.Instruments.Terms.ExpiryYears, failures);
        return failures.Count > 0 ? Result<Workload>.Refused(failures) : Result<Workload>.Accepted(workload);
    }

    private static ImmutableArray<double> Signs(string folder, string name, int count, List<Failure> failures)
    {
        ImmutableArray<double> signs = Read<double>(folder, name, count, (-1.0, 1.0), failures);
        for (int i = 0; i < signs.Length; i++)
        {
            if (Math.Abs(signs[i]) == 1.0) continue;
            failures.Add(Refusal(PathOf(folder, name), i, signs[i], "1 of a call or -1 of a put"));
            return [];
        }

        return signs;
    }

    // An option that expires within the day of revaluation has no value that all peers agree on.
    private static void RequireTimeLeft(string folder, ImmutableArray<double> expiryYears, List<Failure> failures)
    {
        for (int i = 0; i < expiryYears.Length; i++)
        {
            if (expiryYears[i] > Workload.AdvanceYears) continue;
            failures.Add(Refusal(PathOf(folder, "iT"), i, expiryYears[i], "more than a day"));
            return;
        }
    }

    private static ImmutableArray<T> Read<T>(
        string folder, string name, int count, (double Low, double High) domain, List<Failure> failures)
        where T : unmanaged
    {
        string path = PathOf(folder, name);
        int size = Marshal.SizeOf<T>();
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length != (long)count * size)
            {
                failures.Add(new Failure(
                    FailureReason.Inconsistent, "the file has the wrong length", path,
                    Value: $"{stream.Length} bytes", Limit: $"{(long)count * size} bytes"));
                return [];
            }

            T[] values = new T[count];
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return Checked(path, values, domain, failures);
        }
        catch (Exception exception) when (InputFile.IsUnreadable(exception))
        {
            failures.Add(InputFile.Unreadable(path, exception));
            return [];
        }
    }

    private static ImmutableArray<T> Checked<T>(
        string path, T[] values, (double Low, double High) domain, List<Failure> failures)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) Reverse(values);
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i] is int whole ? whole : (double)(object)values[i];
            if (value >= domain.Low && value <= domain.High) continue;
            failures.Add(Refusal(path, i, value, $"a number from {domain.Low:R} to {domain.High:R}"));
            return [];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static void Reverse<T>(T[] values)
        where T : unmanaged
    {
        if (values is int[] wholes) BinaryPrimitives.ReverseEndianness(wholes, wholes);
        if (values is double[] doubles)
        {
            Span<long> bits = MemoryMarshal.Cast<double, long>(doubles.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }

    private static Failure Refusal(string path, int index, double value, string limit) => new(
        FailureReason.OutOfRange, "a number is outside its domain", path, $"element {index}", $"{value:R}", limit);

    private static string PathOf(string folder, string name) => Path.Combine(folder, name + ".bin");
}
