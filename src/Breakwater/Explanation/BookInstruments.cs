using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;

namespace Breakwater.Explanation;

/// <summary>What has to be revalued for a book.</summary>
public static class BookInstruments
{
    /// <summary>Instruments of its positions, and spot of its collateral.</summary>
    /// <param name="book">The book.</param>
    public static ImmutableArray<Instrument> Of(Subaccount book) =>
    [
        .. book.Positions.Select(position => position.Instrument),
        .. book.Collateral.Where(balance => balance.Asset != AssetId.Numeraire)
            .Select(balance => new Spot(balance.Asset)),
    ];
}
