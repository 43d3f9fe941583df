using System.Collections.Immutable;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Surfaces;

/// <summary>Change of a surface between two snapshots in the terms of a shock (METHODOLOGY 2.5): one shift of ρ and one
/// relative change of b for all slices, at standardised moneyness, so that level and time drop out.</summary>
/// <param name="Days">Time between the snapshots, days.</param>
/// <param name="Return">Log return of the index.</param>
/// <param name="RhoShift">Shift of ρ.</param>
/// <param name="SmileRelative">Relative change of b.</param>
/// <param name="IsStressed">Whether both snapshots are of the sell-off and crash of 2026-01-29 to 02-07.</param>
internal readonly record struct SmileChange(
    double Days, double Return, double RhoShift, double SmileRelative, bool IsStressed)
{
    private const double ShortestYears = 7d / 365d;
    private const double StandardDeviations = 1.5;
    private const int Points = 13;
    private const double DayMilliseconds = 86_400_000d;

    /// <summary>Changes between consecutive snapshots of one asset.</summary>
    /// <param name="asset">BTC or ETH.</param>
    /// <param name="longestYears">Longest time to expiry used, years.</param>
    public static ImmutableArray<SmileChange> Of(string asset, double longestYears)
    {
        RecordedChain[] chains = [.. RecordedChains.All.Where(chain => chain.Surface.Underlying.Name == asset)];
        return [.. chains.Zip(chains.Skip(1), (earlier, later) => Between(earlier, later, longestYears))];
    }

    private static SmileChange Between(RecordedChain earlier, RecordedChain later, double longestYears)
    {
        (SviParameters From, SviParameters To)[] pairs =
        [
            .. from one in earlier.Surface.Slices
               from other in later.Surface.Slices
               where one.Expiry == other.Expiry && other.ExpiryYears >= ShortestYears && one.ExpiryYears <= longestYears
               select (Standardised(one.Svi), Standardised(other.Svi)),
        ];
        (double rho, double smile) = Fitted(pairs);
        return new SmileChange(
            later.Surface.At.MillisecondsSince(earlier.Surface.At) / DayMilliseconds,
            Math.Log(later.Market.Underlyings[0].IndexUsd / earlier.Market.Underlyings[0].IndexUsd),
            rho, smile, earlier.IsStressed && later.IsStressed);
    }

    // Gauss–Newton on the volatilities, in units of that at the money, from no change.
    private static (double Rho, double Smile) Fitted((SviParameters From, SviParameters To)[] pairs)
    {
        const int Rounds = 12;
        const double Step = 1e-5;
        (double rho, double smile) = (0d, 0d);
        for (int round = 0; round < Rounds; round++)
        {
            double[] here = Misses(pairs, rho, smile);
            double[] byRho = [.. Misses(pairs, rho + Step, smile).Zip(here, (up, at) => (up - at) / Step)];
            double[] bySmile = [.. Misses(pairs, rho, smile + Step).Zip(here, (up, at) => (up - at) / Step)];
            double rr = Dot(byRho, byRho);
            double rs = Dot(byRho, bySmile);
            double ss = Dot(bySmile, bySmile);
            double r = Dot(byRho, here);
            double s = Dot(bySmile, here);
            double determinant = (rr * ss) - (rs * rs);
            rho -= ((ss * r) - (rs * s)) / determinant;
            smile -= ((rr * s) - (rs * r)) / determinant;
        }

        return (rho, smile);
    }

    private static double[] Misses((SviParameters From, SviParameters To)[] pairs, double rho, double smile) =>
    [
        .. from pair in pairs
           let shocked = (pair.From with { Rho = pair.From.Rho + rho, B = pair.From.B * (1d + smile) })
               .WithAtmVariance(1d)
           from point in Enumerable.Range(0, Points)
           let z = StandardDeviations * ((2d * point / (Points - 1d)) - 1d)
           select Math.Sqrt(Math.Max(shocked.TotalVariance(z), 1e-9)) - Math.Sqrt(pair.To.TotalVariance(z)),
    ];

    // The slice as a function of k ÷ √w(0), with variance 1 at the money.
    private static SviParameters Standardised(SviParameters slice) =>
        slice.AtLevel(1d / Math.Sqrt(slice.TotalVariance(0d)));

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0d;
        for (int index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }
}
