using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin.AddOns;
using Breakwater.Numerics;

namespace Breakwater.Margin;

/// <summary>A withdrawal is priced like an opening: what stays must cover initial margin without the gains of thin
/// markets
/// (RELIABILITY M11).</summary>
public static class WithdrawalRule
{
    /// <summary>What may be withdrawn of the numeraire's worth: equity − gains in thin markets − initial margin, at
    /// least
    /// zero.</summary>
    /// <param name="report">The margin of the account.</param>
    public static Money Free(MarginReport report) => Money.Max(Money.Zero, report.Excess - report.ThinGains);

    /// <summary>Whether a change that takes collateral away is admitted.</summary>
    /// <param name="after">The margin after the change.</param>
    /// <returns><c>null</c>, or why not.</returns>
    public static Failure? Check(MarginReport after) => after.Excess >= after.ThinGains
        ? null
        : new Failure(
            FailureReason.Inconsistent,
            "after the withdrawal equity would not cover initial margin",
            Value: $"{after.Equity - after.ThinGains} USD"
                + (after.ThinGains > Money.Zero
                    ? $" without {after.ThinGains} USD of gains in thin markets" : string.Empty),
            Limit: $"≥ {after.InitialMargin} USD");

    /// <summary>Unrealised gains of futures and perpetuals in underlyings that take longer to close than the free days:
    /// nobody could realise them at their mark.</summary>
    /// <param name="account">The account in integers.</param>
    /// <param name="side">Its maintenance side: what closing takes.</param>
    internal static Money ThinGainsOf(MarginAccount account, MarginSide side)
    {
        Int128 gains = 0;
        for (int book = 0; book < side.Books.Length; book++)
        {
            UnderlyingBook own = side.Books[book];
            if (own.Terms.Liquidity is { } terms
                && side.Charges[book].IsThin(terms, account.Parameters.Liquidity))
            {
                gains += Int128.Max(0, GainOf(account, own.Terms.Asset));
            }
        }

        return Money.FromMicroDollars(gains);
    }

    private static Int128 GainOf(MarginAccount account, AssetId asset)
    {
        ImmutableArray<Exposure> exposures = account.Exposures;
        Int128 gain = 0;
        for (int index = 0; index < account.Netted.Positions.Length; index++)
        {
            gain += account.UnderlyingOf(index) == asset ? exposures[index].Unrealised : 0;
        }

        return gain;
    }
}
