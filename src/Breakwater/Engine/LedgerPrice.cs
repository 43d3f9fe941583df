using Breakwater.Accounts.Ledgers;

namespace Breakwater.Engine;

/// <summary>Prices of the market as the ledger takes them.</summary>
internal static class LedgerPrice
{
    /// <summary>A price as a decimal of at most twelve places, nearest, ties to even; <c>null</c> outside the limits of
    /// <see cref="PicoPrice"/>.</summary>
    /// <param name="priceUsd">Price, USD; any double. Of its digits the first fifteen count.</param>
    internal static decimal? Of(double priceUsd) =>
        priceUsd >= (double)PicoPrice.Minimum && priceUsd <= (double)PicoPrice.Maximum
            && Rounded(priceUsd) is var price && PicoPrice.Of(price) is not null
                ? price
                : null;

    /// <summary>A rate as a decimal of at most twelve places, nearest, ties to even.</summary>
    /// <param name="rate">Rate; magnitude at most 1.</param>
    internal static decimal Rounded(double rate) =>
        decimal.Round((decimal)rate, PicoPrice.Decimals, MidpointRounding.ToEven);
}
