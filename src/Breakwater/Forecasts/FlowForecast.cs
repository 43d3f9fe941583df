namespace Breakwater.Forecasts;

/// <summary>What the order flow of one underlying says about the next hours (METHODOLOGY 4.6): it only tightens.
/// </summary>
/// <param name="Multiplier">m_flow of the underlying; in [1, governed cap].</param>
/// <param name="DriftFraction">sgn(OFI)·½·|β·OFI/D̄|/S·a before its cap of half a standard deviation: expected move,
/// fraction of the price, positive upwards.</param>
public sealed record FlowForecast(double Multiplier, double DriftFraction)
{
    /// <summary>Nothing is known of the flow: nothing is added.</summary>
    public static FlowForecast Neutral { get; } = new(1d, 0d);
}
