using System.Collections.Immutable;
using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Draws the workload of PERFORMANCE 1 from a fixed seed: the numbers that the peers' generator
/// writes.</summary>
/// <remarks>
/// Uniform numbers by SplitMix64 (Steele, Lea and Flood, 2014, OOPSLA), normal ones by Box and Muller (1958), in the
/// order of the arrays. Library functions: another platform may differ in the last digit, so compare peers on files.
/// </remarks>
internal sealed class WorkloadGenerator
{
    private const ulong Weyl = 0x9E3779B97F4A7C15; // SplitMix64: 2^64 over the golden ratio, odd; also the seed
    private const int ExpiriesPerUnderlying = 10;
    private const int StrikesPerExpiry = 25;
    private const double ReturnCorrelation = 0.85;

    private static readonly double[] ExpiryDays = [2, 3, 7, 14, 30, 60, 90, 180, 270, 365];

    private ulong _state = Weyl;

    /// <summary>The workload.</summary>
    public static Workload Draw()
    {
        WorkloadGenerator generator = new();
        WorkloadOptions options = generator.Options();
        WorkloadInstruments instruments = Instruments();
        ImmutableArray<WorkloadShocks> scenarios = generator.Scenarios();
        (ImmutableArray<int> indices, ImmutableArray<double> quantities) = generator.Positions();
        return new Workload(options, instruments, scenarios, Grid(), indices, quantities);
    }

    private WorkloadOptions Options()
    {
        const int Count = Workload.OptionCount;
        double[] forwards = new double[Count];
        double[] strikes = new double[Count];
        double[] years = new double[Count];
        double[] volatilities = new double[Count];
        double[] signs = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            forwards[i] = 100.0 * Math.Exp(0.3 * (Uniform() - 0.5));
            years[i] = 2.0 / 365.0 + Uniform() * 1.0;
            volatilities[i] = 0.2 + Uniform();
            double deviation = 2.5 * volatilities[i] * Math.Sqrt(years[i]);
            strikes[i] = forwards[i] * Math.Exp(deviation * (2.0 * Uniform() - 1.0));
            signs[i] = Uniform() < 0.5 ? 1.0 : -1.0;
        }

        return new WorkloadOptions([.. forwards], [.. strikes], [.. years], [.. volatilities], [.. signs]);
    }

    private static WorkloadInstruments Instruments()
    {
        const int Count = Workload.InstrumentCount;
        double[] forwards = new double[Count];
        double[] strikes = new double[Count];
        double[] years = new double[Count];
        double[] volatilities = new double[Count];
        double[] signs = new double[Count];
        double[] weights = new double[Count];
        int[] underlyings = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            (int line, int strike) = Math.DivRem(i, StrikesPerExpiry);
            (int underlying, int expiry) = Math.DivRem(line, ExpiriesPerUnderlying);
            double atm = underlying == 0 ? 0.5 : 0.65;
            double standardised = (strike - 12) / 12.0 * 2.5; // strikes out to 2.5 standard deviations
            double spot = underlying == 0 ? 100_000.0 : 3_500.0;
            underlyings[i] = underlying;
            years[i] = ExpiryDays[expiry] / 365.0;
            forwards[i] = spot * Math.Exp(0.05 * years[i]);
            strikes[i] = forwards[i] * Math.Exp(standardised * atm * Math.Sqrt(years[i]));
            volatilities[i] = atm * (1.0 - 0.03 * standardised + 0.02 * standardised * standardised);
            signs[i] = strike % 2 == 0 ? 1.0 : -1.0;
            weights[i] = Math.Min(1.0, Math.Pow(30.0 / ExpiryDays[expiry], 0.3));
        }

        WorkloadOptions terms = new([.. forwards], [.. strikes], [.. years], [.. volatilities], [.. signs]);
        return new WorkloadInstruments(terms, [.. weights], [.. underlyings]);
    }

    private ImmutableArray<WorkloadShocks> Scenarios()
    {
        const int Count = Workload.ScenarioCount;
        double[] btcReturns = new double[Count];
        double[] ethReturns = new double[Count];
        double[] btcVolatility = new double[Count];
        double[] ethVolatility = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double btc = Normal();
            double eth = ReturnCorrelation * btc + Math.Sqrt(1.0 - ReturnCorrelation * ReturnCorrelation) * Normal();
            double btcOwn = Normal();
            double ethOwn = 0.8 * btcOwn + 0.6 * Normal();
            double jump = Uniform() < 0.05 ? -0.03 + 0.08 * Normal() : 0.0;
            double rise = jump != 0.0 ? 0.15 : 0.0;
            btcReturns[i] = 0.03 * btc + jump;
            ethReturns[i] = 0.04 * eth + 1.2 * jump;
            btcVolatility[i] = Math.Exp(0.08 * (-0.4 * btc + 0.9 * btcOwn) + rise) - 1.0;
            ethVolatility[i] = Math.Exp(0.09 * (-0.4 * eth + 0.9 * ethOwn) + rise) - 1.0;
        }

        return
        [
            new WorkloadShocks([.. btcReturns], [.. btcVolatility]),
            new WorkloadShocks([.. ethReturns], [.. ethVolatility]),
        ];
    }

    // Eleven price moves out to 16 % (BTC), first with low, then with unmoved volatility; the last ten with high.
    private static ImmutableArray<WorkloadShocks> Grid()
    {
        double Move(int i) => (i % 11 - 5) / 5.0 * 0.16;
        int[] points = [.. Enumerable.Range(0, Workload.GridCount)];
        return
        [
            new WorkloadShocks(
                [.. points.Select(i => Math.Log(1.0 + Move(i)))], [.. points.Select(i => (i / 11 - 1) * 0.25)]),
            new WorkloadShocks(
                [.. points.Select(i => Math.Log(1.0 + 1.2 * Move(i)))], [.. points.Select(i => (i / 11 - 1) * 0.28)]),
        ];
    }

    private (ImmutableArray<int> Indices, ImmutableArray<double> Quantities) Positions()
    {
        int[] indices = new int[Workload.AccountCount * Workload.PositionsPerAccount];
        double[] quantities = new double[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = (int)(Uniform() * Workload.InstrumentCount);
            double size = Math.Exp(1.2 * Normal()) * (Uniform() < 0.55 ? -1.0 : 1.0);
            double tenths = size * (indices[i] < Workload.InstrumentCount / 2 ? 10.0 : 285.0);
            quantities[i] = Math.Round(tenths) / 10.0;
        }

        return ([.. indices], [.. quantities]);
    }

    private double Normal() => Math.Sqrt(-2.0 * Math.Log(Uniform())) * Math.Cos(2.0 * Math.PI * Uniform());

    // In (0, 1), from the upper 53 bits. Wrapping arithmetic is the generator.
    private double Uniform()
    {
        unchecked
        {
            _state += Weyl;
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return ((mixed >> 11) + 0.5) * (1.0 / (1UL << 53));
        }
    }
}
