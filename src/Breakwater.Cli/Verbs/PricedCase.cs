using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Cli.Verbs;

/// <summary>What became of one case of <c>price</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Values">Results by name, in the order of the output; empty if refused.</param>
/// <param name="Finding">A doubt about the result; <c>null</c> if none.</param>
/// <param name="Refusal">Why there is no result; <c>null</c> if there is one.</param>
internal sealed record PricedCase(
    string Id, ImmutableArray<(string Name, double Value)> Values, string? Finding, string? Refusal)
{
    /// <summary>Values a case.</summary>
    public static PricedCase Of(PriceCase item)
    {
        if (item.ExpiryYears < 0.0)
        {
            return item.Price is null
                ? new(item.Id, [("price", SettledAmount(item))], "expired: the settled amount only", null)
                : new(item.Id, [], null, "an expired option has no implied volatility");
        }

        return item.VolatilityAnnual is { } volatility
            ? new(item.Id, ValuesAt(item, volatility), null, null)
            : OfPrice(item, item.Price!.Value);
    }

    private static PricedCase OfPrice(PriceCase item, double price)
    {
        if (item.ExpiryYears == 0.0)
        {
            return new(item.Id, [], null, "an option at expiry has no implied volatility");
        }

        bool isInverse = item.Settlement == Settlement.Inverse;
        ImpliedVolatilityResult implied = ImpliedVolatility.Solve(
            item.Right,
            item.Forward,
            item.Strike,
            item.ExpiryYears,
            isInverse ? price * item.Forward : price,
            item.Discount);
        if (!implied.HasValue)
        {
            return new(item.Id, [], null, implied.Status == ImpliedVolatilityStatus.AtOrBelowIntrinsic
                ? "no implied volatility: the price is at or below intrinsic value"
                : "no implied volatility: the price is at or above its upper bound");
        }

        string? finding = implied.Status == ImpliedVolatilityStatus.OutsidePlausibleRange
            ? "the implied volatility is outside [1 %, 1000 %]"
            : null;
        return new(
            item.Id,
            [("impliedVol", implied.VolatilityAnnual), .. ValuesAt(item, implied.VolatilityAnnual)],
            finding,
            null);
    }

    private static ImmutableArray<(string Name, double Value)> ValuesAt(PriceCase item, double volatility) =>
        item.Settlement == Settlement.Inverse ? InverseValues(item, volatility) : LinearValues(item, volatility);

    private static ImmutableArray<(string Name, double Value)> LinearValues(PriceCase item, double volatility)
    {
        Black76Greeks greeks = Black76.Greeks(
            item.Right, item.Forward, item.Strike, volatility, item.ExpiryYears, item.Discount);
        return
        [
            ("price", greeks.Price),
            ("delta", greeks.Delta),
            ("gamma", greeks.Gamma),
            ("vega", greeks.Vega),
            ("theta", greeks.Theta),
            ("vanna", greeks.Vanna),
            ("volga", greeks.Volga),
            ("charm", greeks.Charm),
            ("speed", greeks.Speed),
            ("zomma", greeks.Zomma),
        ];
    }

    private static ImmutableArray<(string Name, double Value)> InverseValues(PriceCase item, double volatility)
    {
        InverseGreeks greeks = InverseOption.Greeks(
            item.Right, item.Forward, item.Strike, volatility, item.ExpiryYears);
        return
        [
            ("price", item.Discount * greeks.Price),
            ("delta", item.Discount * greeks.Delta),
            ("gamma", item.Discount * greeks.Gamma),
            ("vega", item.Discount * greeks.Vega),
            ("netCoinDelta", item.Discount * greeks.NetCoinDelta),
        ];
    }

    private static double SettledAmount(PriceCase item)
    {
        double money = Black76.Payoff(item.Right, item.Forward, item.Strike);
        return item.Settlement == Settlement.Inverse ? money / item.Forward : money;
    }
}
