using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Laws of the factors beside spot, given the return of spot (METHODOLOGY 3.4).</summary>
internal static class FactorLaws
{
    // A shock of volatility follows the standardised return at most this far: beyond, the line is not supported by
    // data.
    private const double ReturnDeviationsMaximum = 6d;

    // Twists and basis are kept within this many deviations, so that shocked surfaces stay near certified ones.
    private const double TwistDeviationsMaximum = 2.5;

    // Share of the variance of basis changes that all quarter buckets have in common: they are moved by one rate.
    internal const double BasisCommonShare = 0.7;

    /// <summary>Relative shock of 30-day volatility: an Ornstein–Uhlenbeck log-volatility over the horizon.</summary>
    /// <param name="deviations">Return of spot in units of σ̂√h.</param>
    /// <param name="correlation">ρ_sv of the regime.</param>
    /// <param name="noise">Standard normal number, independent of the return.</param>
    /// <param name="volatilityOfVolatility">ξ, per √year.</param>
    /// <param name="reversion">Speed of mean reversion, per year; ≥ 0. It starts at its mean: no forecast of a fall.
    /// </param>
    /// <param name="years">Horizon, years.</param>
    /// <returns>u &gt; −1 with mean zero for normal returns.</returns>
    public static double VolatilityLevel(
        double deviations, double correlation, double noise, double volatilityOfVolatility, double reversion,
        double years)
    {
        double time = reversion > 0d ? -DeterministicMath.Expm1(-2d * reversion * years) / (2d * reversion) : years;
        double scale = volatilityOfVolatility * Math.Sqrt(time);
        double move = Math.Clamp(deviations, -ReturnDeviationsMaximum, ReturnDeviationsMaximum);
        double mixed = (correlation * move) + (Math.Sqrt(1d - (correlation * correlation)) * noise);
        return DeterministicMath.Expm1((scale * mixed) - (0.5 * scale * scale));
    }

    /// <summary>ρ_sv of the mixture: bear ½, neutral ¼, bull ¼; always bear beyond risk class 1.</summary>
    /// <param name="uniform">Uniform number of the regime, common to all underlyings.</param>
    /// <param name="riskClass">Risk class.</param>
    /// <param name="parameters">The three correlations.</param>
    public static double SpotVolatilityCorrelation(double uniform, int riskClass, ScenarioParameters parameters) =>
        (riskClass, uniform) switch
        {
            ( > 1, _) => parameters.SpotVolatilityBear,
            (_, < 0.5) => parameters.SpotVolatilityBear,
            (_, < 0.75) => parameters.SpotVolatilityNeutral,
            _ => parameters.SpotVolatilityBull,
        };

    /// <summary>Fills skew, smile and basis of one underlying: zero-mean, normal, cut at 2.5 deviations.</summary>
    /// <param name="row">[factor]; the seven columns of the underlying are written.</param>
    /// <param name="underlying">Index of the underlying.</param>
    /// <param name="days">Horizon, days.</param>
    /// <param name="ratio">Widening of volatility shocks by the state of the surface.</param>
    /// <param name="laws">Standard deviations per √day.</param>
    /// <param name="noise">Standard normal numbers by column.</param>
    public static void FillTwistsAndBasis(
        Span<double> row, int underlying, double days, double ratio, FactorLawParameters laws, Func<int, double> noise)
    {
        double scale = Math.Sqrt(days);
        int skew = FactorLayout.Column(underlying, RiskFactorKind.SkewTwist);
        int smile = FactorLayout.Column(underlying, RiskFactorKind.SmileTwist);
        int perpetual = FactorLayout.Column(underlying, RiskFactorKind.PerpetualBasis);
        row[skew] = ratio * scale * laws.SkewTwistDaily * Cut(noise(skew));
        row[smile] = ratio * scale * laws.SmileTwistDaily * Cut(noise(smile));
        row[perpetual] = scale * laws.PerpetualBasisDaily * Cut(noise(perpetual));
        ReadOnlySpan<double> deviations =
            [laws.QuarterBasisDaily1, laws.QuarterBasisDaily2, laws.QuarterBasisDaily3, laws.QuarterBasisDaily4];
        double common = Math.Sqrt(BasisCommonShare)
            * noise(FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel));
        for (int bucket = 0; bucket < deviations.Length; bucket++)
        {
            int column = FactorLayout.Column(underlying, RiskFactorKind.QuarterBasis1 + bucket);
            double mixed = common + (Math.Sqrt(1d - BasisCommonShare) * noise(column));
            row[column] = scale * deviations[bucket] * Cut(mixed);
        }
    }

    private static double Cut(double noise) => Math.Clamp(noise, -TwistDeviationsMaximum, TwistDeviationsMaximum);
}
