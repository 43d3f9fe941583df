using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>QLIKE: the loss by which volatility filters are ranked.</summary>
/// <remarks>Robust to noise in the variance proxy: Patton (2011), J. Econometrics 160, 246–256, equation 24.</remarks>
public static class QuasiLikelihood
{
    /// <summary>Loss of one forecast: q − ln q − 1 with q = realised ÷ forecast variance; 0 if they agree.</summary>
    /// <param name="realisedVariance">Realised variance of the period; &gt; 0.</param>
    /// <param name="forecastVariance">Forecast variance of the same period; &gt; 0.</param>
    public static double Loss(double realisedVariance, double forecastVariance)
    {
        Require.Positive(realisedVariance);
        Require.Positive(forecastVariance);
        double ratio = realisedVariance / forecastVariance;
        return ratio - DeterministicMath.Log(ratio) - 1d;
    }

    /// <summary>Mean loss of hourly forecasts of the variance of the next hours.</summary>
    /// <param name="returns">[n] hourly log returns.</param>
    /// <param name="varianceHourly">[n] forecast variance per hour, known after the return of the same index.</param>
    /// <param name="horizonHours">Hours ahead whose realised variance is forecast; ≥ 1.</param>
    /// <param name="warmUpHours">Forecasts left out at the start; ≥ 0.</param>
    /// <remarks>Windows without any move are left out: their loss is infinite for every filter.</remarks>
    public static double Mean(
        ReadOnlySpan<double> returns, ReadOnlySpan<double> varianceHourly, int horizonHours, int warmUpHours)
    {
        Require.Count(varianceHourly.Length, returns.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonHours, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmUpHours);
        double total = 0d;
        int count = 0;
        double[] cumulative = Cumulative(returns);
        for (int hour = warmUpHours; hour + horizonHours < returns.Length; hour++)
        {
            double realised = cumulative[hour + horizonHours + 1] - cumulative[hour + 1];
            if (realised > 0d)
            {
                total += Loss(realised, varianceHourly[hour] * horizonHours);
                count++;
            }
        }

        return count > 0 ? total / count : throw new ArgumentException("no window has a move", nameof(returns));
    }

    private static double[] Cumulative(ReadOnlySpan<double> returns)
    {
        double[] sums = new double[returns.Length + 1];
        for (int hour = 0; hour < returns.Length; hour++)
        {
            sums[hour + 1] = sums[hour] + (returns[hour] * returns[hour]);
        }

        return sums;
    }
}
