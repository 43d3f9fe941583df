using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Writes the marks of now into entries that name no price, so that a book keeps its profit where the market
/// has moved.</summary>
internal static class PinnedBook
{
    private const decimal MicroPerUsd = 1_000_000m;

    /// <summary>The same book, netted; worth the same at the marks of the arrays. Resting orders, which do not touch
    /// maintenance margin, are left out.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="arrays">Marks of now, with a row for every position.</param>
    internal static Subaccount Of(Subaccount subaccount, RiskArrays arrays) =>
        Entered(subaccount, arrays) with { Orders = [], Protections = [] };

    /// <summary>The same with its resting orders.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="arrays">Marks of now, with a row for every position.</param>
    internal static Subaccount Entered(Subaccount subaccount, RiskArrays arrays)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        return netted with { Positions = [.. netted.Positions.Select(position => Pinned(position, arrays))] };
    }

    private static Position Pinned(Position position, RiskArrays arrays)
    {
        if (position.Instrument is not (Perpetual or DatedFuture)) return position;
        decimal mark = new(arrays.Rows[arrays.IndexOf(position.Instrument)].MarkPriceMicroUsd);
        return position with
        {
            Entries =
            [
                .. position.Entries.Select(entry => entry with
                {
                    EntryPriceUsd = entry.EntryPriceUsd ?? mark / MicroPerUsd,
                }),
            ],
        };
    }
}
