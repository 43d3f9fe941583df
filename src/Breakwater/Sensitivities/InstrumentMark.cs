using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Sensitivities;

/// <summary>What one instrument is worth now, and how that value moves: per unit of its quantity (INTERFACES
/// 3).</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="IndexUsd">Index of the underlying, USD; &gt; 0.</param>
/// <param name="ReferenceUsd">Price the instrument is written on, USD: the index of spot, the mark of a perpetual or
/// future, the forward of an option's expiry; &gt; 0.</param>
/// <param name="ExpiryYears">Time to expiry, years; 0 for spot and perpetuals.</param>
/// <param name="VolatilityAnnual">Volatility of the surface, per √year; 0 unless an option.</param>
/// <param name="MarkPriceUsd">USD per unit of underlying: the reference price, or an option's value on the surface.
/// </param>
/// <param name="Greeks">Sensitivities of the USD value per unit of quantity: of underlying, or per USD of face for an
/// inverse future or perpetual entered at the mark.</param>
/// <param name="Findings">Substitutes used; in canonical order.</param>
public sealed record InstrumentMark(
    Instrument Instrument,
    double IndexUsd,
    double ReferenceUsd,
    double ExpiryYears,
    double VolatilityAnnual,
    double MarkPriceUsd,
    GreekVector Greeks,
    ImmutableArray<Finding> Findings);
