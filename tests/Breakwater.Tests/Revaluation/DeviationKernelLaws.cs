using System.Runtime.Intrinsics;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Revaluation;

/// <summary>Vectors of scenarios against the evaluation of one surface at a time.</summary>
public sealed class DeviationKernelLaws
{
    private const int Count = 37; // the last cell is not full
    private static readonly int Stride = ShockedSlices.Rounded(Count);

    /// <summary>Slices kept: all twelve, so that expiries lie on and between them, or fewer, so that most lie
    /// behind.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(3)]
    [InlineData(1)]
    public void INV_M6_Every_vector_width_gives_the_bits_of_the_plain_evaluation(int sliceCount)
    {
        TinyMarket tiny = TinyMarket.Default;
        RevaluationPlan plan = FullRevaluation.Prepare(
            TinyMarket.Instruments, tiny.Market, tiny.Forecast, tiny.Surfaces, tiny.Scenarios, tiny.Parameters).Value;
        int seed = 1;
        foreach (UnderlyingPlan underlying in plan.Underlyings)
        {
            if (underlying.Surface is null) continue;
            foreach (ExpiryPlan expiry in underlying.Expiries.Where(expiry => expiry.IsOptions))
            {
                Holds(underlying.Surface, expiry, MarginHorizon.Maintenance, sliceCount, seed++);
                Holds(underlying.Surface, expiry, MarginHorizon.Initial, sliceCount, seed++);
            }
        }

        Assert.True(seed > 20, $"{seed}");
    }

    private static void Holds(
        VolatilitySurface surface, ExpiryPlan expiry, MarginHorizon horizon, int sliceCount, int seed)
    {
        Random random = new(seed);
        double[] years = surface.SliceYears.AsSpan(0, sliceCount).ToArray();
        SviParameters[][] shocked = [.. Enumerable.Range(0, Count).Select(_ => Shocked(surface, random)[..sliceCount])];
        ShockedSlices slices = new(sliceCount, Count);
        for (int place = 0; place < Count; place++) slices.Set(place, shocked[place]);
        ExpiryTimes times = new(expiry, expiry.Advanced(horizon), years);
        double[] frozen = Moves(random);
        double[] advanced = times.HasOneMove ? frozen : Moves(random);
        double[] sticks = Moves(random);
        LogMoves moves = new(frozen, advanced, sticks);
        (double[] k, double[] deviations) = Filled<ScalarLanes, double>(times, slices, moves);
        (double[] k4, double[] deviations4) = Filled<Vector256Lanes, Vector256<double>>(times, slices, moves);
        (double[] k8, double[] deviations8) = Filled<Vector512Lanes, Vector512<double>>(times, slices, moves);
        Assert.Equal(k, k4);
        Assert.Equal(deviations, deviations4);
        Assert.Equal(k, k8);
        Assert.Equal(deviations, deviations8);
        OptionLines lines = new(k, deviations, Stride);
        for (int leg = 0; leg < expiry.Legs.Length; leg++)
        {
            for (int place = 0; place < Count; place++)
            {
                double strike = expiry.Legs[leg].LogStrikeOverForward;
                Plain(
                    shocked[place], years, (strike - frozen[place], sticks[place], expiry.Frozen),
                    lines.LogMoneyness(leg, RevaluationTime.Frozen)[place],
                    lines.Deviations(leg, RevaluationTime.Frozen)[place]);
                Plain(
                    shocked[place], years, (strike - advanced[place], sticks[place], times.Advanced),
                    lines.LogMoneyness(leg, RevaluationTime.Advanced)[place],
                    lines.Deviations(leg, RevaluationTime.Advanced)[place]);
            }
        }
    }

    private static void Plain(
        SviParameters[] slices,
        double[] years,
        (double LogMoneyness, double Stick, ExpiryTime Time) point,
        double logMoneyness,
        double deviation)
    {
        Assert.Equal(point.LogMoneyness, logMoneyness);
        double variance = point.Time.IsSettled
            ? 0.0
            : SurfaceEvaluation.TotalVariance(
                slices, years, point.LogMoneyness + point.Stick, point.Time.RemainingYears);
        Assert.Equal(Math.Sqrt(variance * point.Time.VarianceFactor), deviation);
    }

    private static SviParameters[] Shocked(VolatilitySurface surface, Random random)
    {
        SviParameters[] shocked = new SviParameters[surface.Svi.Length];
        SmileShock shock = new(
            2.0 * random.NextDouble() - 0.7, 0.4 * random.NextDouble() - 0.2, random.NextDouble() - 0.5);
        SurfaceShock.Apply(surface, shock, shocked);
        return shocked;
    }

    private static double[] Moves(Random random) =>
        [.. Enumerable.Range(0, Stride).Select(place => place < Count ? random.NextDouble() - 0.5 : 0.0)];

    private static (double[] LogMoneyness, double[] Deviations) Filled<TLanes, TVector>(
        in ExpiryTimes times, ShockedSlices slices, in LogMoves moves)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        int size = times.Plan.Legs.Length * 2 * Stride;
        double[] logMoneyness = new double[size];
        double[] deviations = new double[size];
        DeviationKernel<TLanes, TVector>.Fill(
            times, slices, moves, new OptionLines(logMoneyness, deviations, Stride));
        return (logMoneyness, deviations);
    }
}
