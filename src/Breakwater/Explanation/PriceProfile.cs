using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Equity and maintenance margin of a book in one market, by full recomputation.</summary>
/// <param name="Equity">Equity; signed.</param>
/// <param name="Maintenance">Maintenance margin; ≥ 0.</param>
public readonly record struct BookState(Money Equity, Money Maintenance)
{
    /// <summary>Equity less maintenance margin: below zero liquidation may begin.</summary>
    public Money Room => Equity - Maintenance;

    /// <summary>Equity ÷ maintenance margin, rounded down; <c>null</c> if the latter is 0.</summary>
    public FixedDecimal? MarginRatio => StageRule.Ratio(Equity, Maintenance);

    /// <summary>State of a book in a market.</summary>
    /// <param name="book">The book, with entry prices written out.</param>
    /// <param name="market">The market, moved or not.</param>
    internal static BookState Of(Subaccount book, ExplainedMarket market)
    {
        RiskArrays arrays = market.RevalueMaintenance(BookInstruments.Of(book));
        return Of(book, arrays, market);
    }

    /// <summary>State of a book from arrays of the maintenance horizon.</summary>
    /// <param name="book">The book, with entry prices written out.</param>
    /// <param name="arrays">Its risk arrays.</param>
    /// <param name="market">The market they are of.</param>
    internal static BookState Of(Subaccount book, RiskArrays arrays, ExplainedMarket market)
    {
        (Money equity, Money maintenance) =
            PortfolioMargin.AssessMaintenance(book, arrays, market.Parameters, market.Context);
        return new BookState(equity, maintenance);
    }
}

/// <summary>State of a book at one price of one underlying.</summary>
/// <param name="Ratio">Price then ÷ now.</param>
/// <param name="State">Equity and margin there.</param>
public readonly record struct PricePointState(double Ratio, BookState State);

/// <summary>Equity and maintenance margin of a book where one underlying after the other has moved, all else still:
/// other prices, volatilities, surfaces by moneyness, scenario returns.</summary>
/// <param name="Unmoved">State now.</param>
/// <param name="Underlyings">Underlyings that the book depends on, in order.</param>
/// <param name="Points">[underlying] states by rising price.</param>
internal sealed record PriceProfile(
    BookState Unmoved, ImmutableArray<AssetId> Underlyings, ImmutableArray<ImmutableArray<PricePointState>> Points)
{
    /// <summary>Profile of a book.</summary>
    /// <param name="book">The book, pinned.</param>
    /// <param name="market">The market.</param>
    /// <param name="ratios">Prices then ÷ now, rising, 1 among them.</param>
    internal static PriceProfile Of(Subaccount book, ExplainedMarket market, ImmutableArray<double> ratios)
    {
        BookState now = BookState.Of(book, market);
        ImmutableArray<AssetId> held = UnderlyingsOf(book, market);
        return new PriceProfile(
            now, held,
            [
                .. held.Select(asset => ratios.Select(ratio => new PricePointState(
                    ratio, ratio == 1.0 ? now : BookState.Of(book, MarketMove.WithSpot(market, asset, ratio))))
                    .ToImmutableArray()),
            ]);
    }

    /// <summary>Underlyings that a book depends on and that scenarios move, in order.</summary>
    /// <param name="book">The book.</param>
    /// <param name="market">The market.</param>
    internal static ImmutableArray<AssetId> UnderlyingsOf(Subaccount book, ExplainedMarket market) =>
    [
        .. BookInstruments.Of(book).Select(instrument => instrument.Underlying)
            .Select(asset => market.Parameters.MovedBy(asset) ?? asset).Distinct().Order()
            .Where(asset => market.Scenarios.Maintenance.IndexOf(asset) >= 0),
    ];

    /// <summary>States by price of one underlying; <c>null</c> if the book does not depend on it.</summary>
    internal ImmutableArray<PricePointState>? Of(AssetId asset)
    {
        int index = Underlyings.IndexOf(asset);
        return index < 0 ? null : Points[index];
    }
}
