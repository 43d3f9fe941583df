using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Margin.AddOns;

/// <summary>Core_u: the core of what an account holds in each underlying alone (METHODOLOGY 4.2).</summary>
/// <param name="Assets">Underlyings in order.</param>
/// <param name="Amounts">[underlying] their cores.</param>
internal sealed record UnderlyingCores(ImmutableArray<AssetId> Assets, ImmutableArray<Money> Amounts)
{
    /// <summary>Cores of every underlying of an account at one horizon.</summary>
    /// <param name="account">The account.</param>
    /// <param name="horizon">Which horizon.</param>
    /// <param name="whole">Core of the whole account: of a single underlying it is its own.</param>
    /// <param name="withOrders">Whether resting orders fill where it hurts.</param>
    internal static UnderlyingCores Of(MarginAccount account, MarginHorizon horizon, Money whole, bool withOrders)
    {
        ImmutableArray<AssetId> assets = account.Underlyings;
        return assets.Length == 1
            ? new UnderlyingCores(assets, [whole])
            : new UnderlyingCores(assets, [.. assets.Select(asset => CoreOf(account, asset, horizon, withOrders))]);
    }

    /// <summary>Sum of the cores.</summary>
    internal Money Sum => Amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    /// <summary>Core of one underlying; zero if the account holds nothing of it.</summary>
    internal Money Find(AssetId asset)
    {
        int index = Assets.IndexOf(asset);
        return index < 0 ? Money.Zero : Amounts[index];
    }

    /// <summary>(Σ_u (1 − c_u)·Core_u − Core)⁺ in whole micro-dollars, rounded up: A_div of METHODOLOGY 4.5.</summary>
    /// <param name="whole">Core of the whole account.</param>
    /// <param name="parameters">c_u by class.</param>
    internal Money DiversificationExcess(Money whole, RiskParameters parameters)
    {
        Money least = Money.Zero;
        for (int index = 0; index < Assets.Length; index++)
        {
            decimal offset = parameters.Find(Assets[index])?.RiskClass == 1
                ? parameters.AddOns.OffsetClass1Fraction
                : parameters.AddOns.OffsetOtherFraction;
            least += MarginLines.TimesUp(Amounts[index], 1m - offset);
        }

        return Money.Max(Money.Zero, least - whole);
    }

    private static Money CoreOf(MarginAccount account, AssetId asset, MarginHorizon horizon, bool withOrders)
    {
        ImmutableArray<Exposure> own =
        [
            .. Enumerable.Range(0, account.Exposures.Length)
                .Where(index => account.UnderlyingOf(index) == asset).Select(index => account.Exposures[index]),
        ];
        ImmutableArray<OrderExposure> orders = withOrders
            ? [.. account.Orders.Where(order => order.Order.Instrument.Underlying == asset)]
            : [];
        return CoreEstimate.AmountOf(
            ScenarioLosses.Of(own, orders, account.Netted.Protections, account.Arrays, horizon),
            account.BasisOf(horizon));
    }
}
