using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>Says what may be done in a market from the state of its surface.</summary>
public static class MarketModes
{
    /// <summary>Mode of the market whose surface this is.</summary>
    /// <param name="surface">Its surface; <c>null</c> counts as halted.</param>
    public static MarketMode Of(VolatilitySurface? surface) => surface?.State switch
    {
        SurfaceState.Fresh or SurfaceState.Degraded => MarketMode.Normal,
        SurfaceState.Stale => MarketMode.ReduceOnly,
        _ => MarketMode.Halted,
    };

    /// <summary>Mode of a market of which nothing newer is known, by the ages of METHODOLOGY 2.4.</summary>
    /// <param name="ageSeconds">Time since the newest of anything that was seen, seconds; ≥ 0.</param>
    /// <param name="parameters">The ages.</param>
    public static MarketMode OfAge(double ageSeconds, SurfaceParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return ageSeconds < parameters.DegradedAgeMaximumSeconds ? MarketMode.Normal
            : ageSeconds <= parameters.StaleAgeMaximumSeconds ? MarketMode.ReduceOnly
            : MarketMode.Halted;
    }

    /// <summary>Whether a market admits a change of margin.</summary>
    /// <param name="mode">Mode of the market.</param>
    /// <param name="isRiskRaised">Whether the change raises the requirement of the account.</param>
    public static bool Admits(MarketMode mode, bool isRiskRaised) => mode == MarketMode.Normal || !isRiskRaised;
}
