using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Standardised returns of one underlying at the drawn hours, recorded or by proxy (METHODOLOGY
/// 3.3).</summary>
/// <remarks>Proxy: β to the class leader plus a recorded residual, widened. Both are in units of what the filter
/// expected, so that σ̂ of the underlying itself scales them.</remarks>
internal static class HistoricalProxy
{
    // Fewer common hours give no residuals: the return is then the leader's at the correlation of BTC and ETH and a
    // normal rest.
    private const int CommonMinimum = 100;
    private const double BetaUnknown = 0.8;

    /// <summary>Standardised returns: [scenario], and how many of them are proxies.</summary>
    /// <param name="inputs">Parameters and leader.</param>
    /// <param name="sample">Drawn hours.</param>
    /// <param name="horizon">Horizon.</param>
    /// <param name="underlying">Index of the underlying.</param>
    /// <param name="leader">[scenario] standardised returns of the leader; not modified.</param>
    /// <param name="random">Numbers of the block.</param>
    public static (double[] Returns, int ProxyCount) Standardised(
        ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon, int underlying, double[] leader,
        ScenarioRandom random)
    {
        if (underlying == inputs.Leader)
        {
            return (leader, sample.CandidateCount == 0 ? leader.Length : 0);
        }

        HourlyPanel panel = sample.Panels[underlying];
        int hours = horizon.Hours[underlying];
        double[] returns = new double[sample.Hours.Length];
        int proxies = 0;
        (double beta, ImmutableArray<double> residuals) = (BetaUnknown, []);
        for (int scenario = 0; scenario < returns.Length; scenario++)
        {
            int hour = sample.Hours[scenario];
            if (!sample.IsProxied[underlying] && panel.HasReturn(hour, hours))
            {
                returns[scenario] = panel.Standardised(hour, hours);
                continue;
            }

            if (proxies++ == 0)
            {
                (beta, residuals) = Regression(inputs, sample, horizon, underlying);
            }

            uint date = (uint)(panel.FirstHour + hour);
            uint factor = (uint)FactorLayout.Column(underlying, RiskFactorKind.SpotReturn);
            double uniform = random.Uniform(date, factor, 0);
            double residual = residuals.IsEmpty
                ? Math.Sqrt(1d - (beta * beta)) * NormalDistribution.InverseCdf(uniform)
                : residuals[(int)(uniform * residuals.Length)];
            returns[scenario] = (beta * leader[scenario])
                + (inputs.Parameters.Scenarios.ProxyResidualScale * residual);
        }

        return (returns, proxies);
    }

    private static (double Beta, ImmutableArray<double> Residuals) Regression(
        ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon, int underlying)
    {
        HourlyPanel own = sample.Panels[underlying];
        HourlyPanel leader = sample.Panels[inputs.Leader];
        int hours = horizon.Hours[underlying];
        int hoursLeader = horizon.Hours[inputs.Leader];
        List<(double Own, double Leader)> pairs = [];
        for (int hour = 0; hour < own.Count; hour++)
        {
            if (own.HasReturn(hour, hours) && leader.HasReturn(hour, hoursLeader))
            {
                pairs.Add((own.Standardised(hour, hours), leader.Standardised(hour, hoursLeader)));
            }
        }

        double square = 0d;
        double cross = 0d;
        foreach ((double ownReturn, double leaderReturn) in pairs)
        {
            cross += ownReturn * leaderReturn;
            square += leaderReturn * leaderReturn;
        }

        if (pairs.Count < CommonMinimum || square <= 0d)
        {
            return (BetaUnknown, []);
        }

        double beta = cross / square;
        return (beta, [.. pairs.Select(pair => pair.Own - (beta * pair.Leader))]);
    }
}
