using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Makes observations into one market snapshot: total, in canonical order, with findings.</summary>
public static class SnapshotAssembly
{
    /// <summary>Age from which an input is stale: a finding (INTERFACES 3).</summary>
    public const long StaleMilliseconds = 60_000;

    /// <summary>Age from which a snapshot is unusable (INTERFACES 3).</summary>
    public const long UnusableMilliseconds = 24 * Timestamp.HourMilliseconds;

    /// <summary>Builds the snapshot as of the newest chain; without any chain, as of the newest price.</summary>
    /// <remarks>Nothing known later than that instant enters, whatever the observations hold.</remarks>
    public static SnapshotOutcome Build(MarketObservations observations) =>
        Build(observations, AssembledUnderlying.Of);

    /// <summary>The same, where somebody else makes the market of an asset: whoever remembers what it was made of need
    /// not make it again.</summary>
    /// <param name="observations">What was observed.</param>
    /// <param name="assemble">Gives what <see cref="AssembledUnderlying.Of"/> gives.</param>
    internal static SnapshotOutcome Build(
        MarketObservations observations, Func<UnderlyingObservations, Timestamp, AssembledUnderlying> assemble)
    {
        Timestamp? newest = NewestTime(observations);
        if (newest is not { } at)
        {
            return Refuse(FindingKind.MissingInput, $"nothing is quoted at or before {observations.AtRequested}");
        }

        long age = observations.AtRequested.MillisecondsSince(at);
        if (age > UnusableMilliseconds)
        {
            return Refuse(
                FindingKind.StaleInput, $"the newest snapshot {at} is over 24 h before {observations.AtRequested}");
        }

        List<Finding> findings = [];
        if (age > StaleMilliseconds)
        {
            findings.Add(new Finding(
                FindingKind.StaleInput, "market",
                $"the newest snapshot {at} is {age / 1000} s before {observations.AtRequested}; "
                    + "valued as of the snapshot"));
        }

        ImmutableArray<AssembledUnderlying> assembled =
            [.. observations.Underlyings.Select(seen => assemble(seen, at))];
        ImmutableArray<UnderlyingMarket> markets =
        [
            .. assembled.Select(own => own.Market).OfType<UnderlyingMarket>().OrderBy(market => market.Asset),
        ];
        ImmutableArray<Finding> ordered = InOrder(findings.Concat(assembled.SelectMany(own => own.Findings)));
        return markets.IsEmpty
            ? new SnapshotOutcome.Unusable(ordered)
            : new SnapshotOutcome.Usable(new MarketSnapshot(at, markets, ordered));
    }

    /// <summary>Findings in canonical order: kind, subject, message; each once.</summary>
    public static ImmutableArray<Finding> InOrder(IEnumerable<Finding> findings) =>
    [
        .. findings.Distinct()
            .OrderBy(finding => finding.Kind)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];

    /// <summary>The instant that observations are valued as of; <c>null</c> if nothing is quoted.</summary>
    internal static Timestamp? NewestTime(MarketObservations observations)
    {
        IEnumerable<Timestamp> chains = observations.Underlyings
            .Where(seen => seen.Chain is not null)
            .Select(seen => seen.Chain!.At);
        IEnumerable<Timestamp> prices = observations.Underlyings
            .SelectMany(seen => seen.Prices)
            .SelectMany(series => series.Closes.Select(point => point.At));
        return Newest(chains, observations.AtRequested) ?? Newest(prices, observations.AtRequested);
    }

    private static Timestamp? Newest(IEnumerable<Timestamp> times, Timestamp limit)
    {
        Timestamp? newest = null;
        foreach (Timestamp time in times)
        {
            newest = time <= limit && (newest is null || time > newest) ? time : newest;
        }

        return newest;
    }

    private static SnapshotOutcome.Unusable Refuse(FindingKind kind, string message) =>
        new([new Finding(kind, "market", message)]);
}
