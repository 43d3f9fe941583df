namespace Breakwater.Pricing;

/// <summary>
/// Whether a price has an implied volatility. Its <c>default</c> is <see cref="AtOrBelowIntrinsic"/>.
/// </summary>
public enum ImpliedVolatilityStatus
{
    /// <summary>The price is not above intrinsic + 1e-14·F: there is no implied volatility.</summary>
    AtOrBelowIntrinsic,

    /// <summary>The price is not below the upper bound (forward of a call, strike of a put): there is none.</summary>
    AtOrAboveUpperBound,

    /// <summary>Found, but outside [1 %, 1000 %] a year: to be doubted (METHODOLOGY 1.4).</summary>
    OutsidePlausibleRange,

    /// <summary>Found.</summary>
    Found,
}

/// <summary>An implied volatility, or the reason why there is none.</summary>
/// <param name="Status">Which of the four it is.</param>
/// <param name="TotalDeviation">s = σ√T; 0 where there is none.</param>
/// <param name="VolatilityAnnual">σ per √year; 0 where there is none.</param>
public readonly record struct ImpliedVolatilityResult(
    ImpliedVolatilityStatus Status,
    double TotalDeviation,
    double VolatilityAnnual)
{
    /// <summary>True when there is a volatility, plausible or not.</summary>
    public bool HasValue => Status >= ImpliedVolatilityStatus.OutsidePlausibleRange;
}
