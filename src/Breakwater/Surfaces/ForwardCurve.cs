using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Forward prices of one underlying by time to expiry (METHODOLOGY 1.1).</summary>
/// <remarks>
/// With basis rate b(T) = ln(F_T/S)/T, T·b(T) is piecewise linear in T between the listed maturities and b flat outside
/// them; b is clipped to [−100 %, +200 %] a year; below one day b is that of one day.
/// </remarks>
public sealed record ForwardCurve
{
    private const double BasisRateMinimum = -1.0; // METHODOLOGY 1.1
    private const double BasisRateMaximum = 2.0; // METHODOLOGY 1.1
    private const double DayYears = 1.0 / 365.0;

    private readonly double _dayBasisRate;

    private ForwardCurve(double spotUsd, ImmutableArray<double> knotYears, ImmutableArray<double> knotLogRatios)
    {
        SpotUsd = spotUsd;
        KnotYears = knotYears;
        KnotLogRatios = knotLogRatios;
        _dayBasisRate = LogRatioOnKnots(DayYears) / DayYears;
    }

    /// <summary>Index price, USD.</summary>
    public double SpotUsd { get; }

    /// <summary>Times to the listed maturities, years, strictly rising; may be empty (then forwards equal the index).
    /// </summary>
    public ImmutableArray<double> KnotYears { get; }

    /// <summary>ln(F_T/S) at the knots, after the clip of b.</summary>
    public ImmutableArray<double> KnotLogRatios { get; }

    /// <summary>Builds the curve through observed forwards.</summary>
    /// <param name="spotUsd">Index price, USD; finite, &gt; 0.</param>
    /// <param name="years">[maturity] time to maturity, years; &gt; 0, strictly rising; may be empty.</param>
    /// <param name="forwardsUsd">[maturity] forward price, USD; finite, &gt; 0.</param>
    public static ForwardCurve Through(
        double spotUsd, ReadOnlySpan<double> years, ReadOnlySpan<double> forwardsUsd)
    {
        Require.Positive(spotUsd);
        Require.Count(forwardsUsd.Length, years.Length);
        ImmutableArray<double>.Builder logRatios = ImmutableArray.CreateBuilder<double>(years.Length);
        double previous = 0.0;
        for (int i = 0; i < years.Length; i++)
        {
            Require.Positive(forwardsUsd[i]);
            Require.Positive(years[i] - previous);
            previous = years[i];
            double basisRate = DeterministicMath.Log(forwardsUsd[i] / spotUsd) / years[i];
            logRatios.Add(Math.Clamp(basisRate, BasisRateMinimum, BasisRateMaximum) * years[i]);
        }

        return new ForwardCurve(spotUsd, [.. years], logRatios.MoveToImmutable());
    }

    /// <summary>A curve that was stored.</summary>
    /// <param name="spotUsd">Index price, USD; finite, &gt; 0.</param>
    /// <param name="years">[knot] time to maturity, years.</param>
    /// <param name="logRatios">[knot] ln(F/S).</param>
    internal static ForwardCurve OfKnots(
        double spotUsd, ImmutableArray<double> years, ImmutableArray<double> logRatios)
    {
        Require.Positive(spotUsd);
        Require.Count(logRatios.Length, years.Length);
        return new ForwardCurve(spotUsd, years, logRatios);
    }

    /// <summary>The curve with the same basis rates over another index.</summary>
    /// <param name="spotUsd">Index price, USD; finite, &gt; 0.</param>
    public ForwardCurve AtSpot(double spotUsd)
    {
        Require.Positive(spotUsd);
        return new ForwardCurve(spotUsd, KnotYears, KnotLogRatios);
    }

    /// <summary>Forward price, USD.</summary>
    /// <param name="expiryYears">Time to expiry, years; ≥ 0. At 0 the index itself.</param>
    public double ForwardUsd(double expiryYears)
    {
        Require.NonNegative(expiryYears);
        return SpotUsd * DeterministicMath.Exp(LogRatio(expiryYears));
    }

    /// <summary>Basis rate b(T), per year, continuously compounded.</summary>
    /// <param name="expiryYears">Time to expiry, years; ≥ 0.</param>
    public double BasisRateAnnual(double expiryYears)
    {
        Require.NonNegative(expiryYears);
        return expiryYears < DayYears ? _dayBasisRate : LogRatioOnKnots(expiryYears) / expiryYears;
    }

    private double LogRatio(double expiryYears) =>
        expiryYears < DayYears ? _dayBasisRate * expiryYears : LogRatioOnKnots(expiryYears);

    private double LogRatioOnKnots(double expiryYears)
    {
        int count = KnotYears.Length;
        if (count == 0) return 0.0;
        if (expiryYears <= KnotYears[0]) return KnotLogRatios[0] * (expiryYears / KnotYears[0]);
        if (expiryYears >= KnotYears[count - 1]) return KnotLogRatios[count - 1] * (expiryYears / KnotYears[count - 1]);
        int upper = 1;
        while (KnotYears[upper] < expiryYears) upper++;
        double share = (expiryYears - KnotYears[upper - 1]) / (KnotYears[upper] - KnotYears[upper - 1]);
        return KnotLogRatios[upper - 1] + share * (KnotLogRatios[upper] - KnotLogRatios[upper - 1]);
    }
}
