using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>A source with a price that may enter an index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RuleIndex">Its position in the rules.</param>
/// <param name="PriceUsd">Its price, USD; finite, &gt; 0.</param>
internal readonly record struct UsableSource(string Name, int RuleIndex, double PriceUsd);

/// <summary>Tells prices that may enter an index from those that may not, whatever was received.</summary>
/// <param name="rules">The sources.</param>
/// <param name="at">Now.</param>
/// <param name="rejections">Takes one entry per price that is not usable.</param>
internal sealed class UsableSources(IndexRules rules, Timestamp at, List<IndexRejection> rejections)
{
    /// <summary>Usable prices in order of the rules, one per source.</summary>
    /// <param name="said">What was received.</param>
    internal List<UsableSource> Of(ImmutableArray<SourcePrice> said)
    {
        SourcePrice?[] newest = Newest(said);
        List<UsableSource> usable = [];
        for (int index = 0; index < newest.Length; index++)
        {
            if (newest[index] is { } price && PriceOf(price) is { } usd)
            {
                usable.Add(new UsableSource(price.Source, index, usd));
            }
        }

        return usable;
    }

    // By source; of one that stands twice the later receipt counts, and of equal ones the later in order.
    private SourcePrice?[] Newest(ImmutableArray<SourcePrice> said)
    {
        SourcePrice?[] newest = new SourcePrice?[rules.Sources.Length];
        foreach (SourcePrice price in said)
        {
            int index = rules.IndexOf(price.Source);
            if (index < 0)
            {
                Reject(price, IndexRejectionReason.UnknownSource, "the index does not listen to it");
                continue;
            }

            if (newest[index] is { } known)
            {
                bool isOlder = price.ReceivedAt < known.ReceivedAt;
                Reject(
                    isOlder ? price : known, IndexRejectionReason.Superseded,
                    "the source stands again with something newer");
                newest[index] = isOlder ? known : price;
            }
            else
            {
                newest[index] = price;
            }
        }

        return newest;
    }

    private double? PriceOf(SourcePrice price)
    {
        if (!IsRecent(price))
        {
            return null;
        }

        (double usd, IndexRejectionReason? reason, string message) = price switch
        {
            SourcePrice.Quoted quoted => MiddleOf(quoted),
            SourcePrice.Stated stated => (stated.PriceUsd, null, string.Empty),
            _ => throw new System.Diagnostics.UnreachableException(price.GetType().Name),
        };
        if (reason is null && !IsPrice(usd))
        {
            (reason, message) = (IndexRejectionReason.NotAPrice, Text($"{usd:G9} USD is no price"));
        }

        if (reason is { } known)
        {
            Reject(price, known, message);
        }

        return reason is null ? usd : null;
    }

    // Instants are compared, not subtracted: what a source calls a time may be any number.
    private bool IsRecent(SourcePrice price)
    {
        Timestamp latest = price.VenueAt > price.ReceivedAt ? price.VenueAt : price.ReceivedAt;
        Timestamp earliest = price.VenueAt > price.ReceivedAt ? price.ReceivedAt : price.VenueAt;
        if (latest > at.AddMilliseconds(IndexRules.SkewMillisecondsMax))
        {
            Reject(
                price, IndexRejectionReason.ClockAhead,
                $"its time {latest.UnixMilliseconds} is over {IndexRules.SkewMillisecondsMax} ms ahead");
            return false;
        }

        if (earliest < at.AddMilliseconds(-IndexRules.AgeMillisecondsMax))
        {
            Reject(
                price, IndexRejectionReason.Stale,
                $"its time {earliest.UnixMilliseconds} is over {IndexRules.AgeMillisecondsMax} ms ago");
            return false;
        }

        return true;
    }

    private static (double Usd, IndexRejectionReason? Reason, string Message) MiddleOf(SourcePrice.Quoted quoted)
    {
        (double bid, double ask) = (quoted.BidUsd, quoted.AskUsd);
        if (!IsPrice(bid) || !IsPrice(ask))
        {
            return (0d, IndexRejectionReason.NotAPrice, Text($"bid {bid:G9}, ask {ask:G9} USD are no prices"));
        }

        if (bid >= ask)
        {
            return (0d, IndexRejectionReason.Crossed, Text($"bid {bid:G9} is not below ask {ask:G9} USD"));
        }

        double middle = bid + ((ask - bid) / 2d);
        double spread = (ask - bid) / middle;
        return spread > IndexRules.SpreadFractionMax
            ? (0d, IndexRejectionReason.Wide, Text(
                $"the spread is {100d * spread:G3} % of the middle; limit {100d * IndexRules.SpreadFractionMax:G3} %"))
            : (middle, null, string.Empty);
    }

    // A price whose square is finite: ratios of two prices are then finite too.
    private static bool IsPrice(double usd) => usd is > 1e-150 and < 1e150;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Reject(SourcePrice price, IndexRejectionReason reason, string message) =>
        rejections.Add(new IndexRejection(price.Source, reason, message));
}
