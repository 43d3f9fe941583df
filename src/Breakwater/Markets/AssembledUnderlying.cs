using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>The observations of one asset as a market, with what they lack.</summary>
/// <param name="Market">The market; <c>null</c> if there is no usable price.</param>
/// <param name="Findings">Imperfections, in the order in which they were met.</param>
internal sealed record AssembledUnderlying(UnderlyingMarket? Market, ImmutableArray<Finding> Findings)
{
    /// <summary>Makes it.</summary>
    /// <param name="seen">What was observed of the asset.</param>
    /// <param name="at">The instant that everything is valued as of.</param>
    internal static AssembledUnderlying Of(UnderlyingObservations seen, Timestamp at)
    {
        List<Finding> findings = [];
        UnderlyingMarket? market = UnderlyingAssembly.Build(seen, at, findings);
        return new AssembledUnderlying(market, [.. findings]);
    }
}
