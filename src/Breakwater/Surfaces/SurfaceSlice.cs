using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Surfaces;

/// <summary>How well a slice fits its quotes (METHODOLOGY 2.2, quality gates).</summary>
/// <param name="RmseVolPoints">Root mean square of model minus mid volatility over the quotes used, vol points.</param>
/// <param name="ShareInsideSpread">Fraction of the quotes used whose fitted volatility lies within bid and ask.</param>
/// <param name="ShareWithinOnePoint">The same within the spread ± 1 vol point.</param>
/// <param name="QuoteCount">Quotes used.</param>
/// <param name="MedianHalfSpreadVolPoints">Median half-spread of the quotes used, vol points.</param>
/// <param name="IsPassed">Whether the gates of METHODOLOGY 2.2 hold.</param>
public readonly record struct SliceQuality(
    double RmseVolPoints,
    double ShareInsideSpread,
    double ShareWithinOnePoint,
    int QuoteCount,
    double MedianHalfSpreadVolPoints,
    bool IsPassed);

/// <summary>Total variance of one expiry, before the running maximum over expiries (METHODOLOGY 2.2).</summary>
/// <param name="Expiry">Settlement time.</param>
/// <param name="ExpiryYears">Time to expiry at the surface's time, ACT/365 years; &gt; 0.</param>
/// <param name="ForwardUsd">Forward of the expiry, USD; the quotes' own forwards may differ by fractions of a percent.
/// </param>
/// <param name="Svi">The slice.</param>
/// <param name="Quality">How well it fits.</param>
/// <param name="State">How good its quotes are.</param>
public sealed record SurfaceSlice(
    Timestamp Expiry,
    double ExpiryYears,
    double ForwardUsd,
    SviParameters Svi,
    SliceQuality Quality,
    SurfaceState State);
