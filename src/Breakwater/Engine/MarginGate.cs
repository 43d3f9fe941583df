using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Says whether margin admits what the ledger could do. Withdrawals and transfers out are priced like openings
/// (M11); a trade that raises risk has to leave initial margin in a market that admits more risk; one that lowers risk
/// always passes, whatever the market is like (RELIABILITY 2.4, P8).</summary>
/// <remarks>Margins are of the valuation in force: that of the last tick. A liquidation passes: the ladder decided it.
/// </remarks>
internal sealed class MarginGate(RiskState state, Ledger after, BookKeeper keeper)
{
    private readonly SortedDictionary<string, AccountMargin> _assessed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AccountStanding> _moved = new(StringComparer.Ordinal);

    /// <summary>Why a transition is not admitted; <c>null</c> if it is.</summary>
    internal Failure? Check(LedgerTransition transition) => transition switch
    {
        LedgerTransition.Fill fill => OfSide(fill, fill.Buyer) ?? OfSide(fill, fill.Seller),
        LedgerTransition.Withdrawal withdrawal => OfOutflow(withdrawal.Account),
        LedgerTransition.Transfer transfer => OfOutflow(transfer.From),
        _ => null,
    };

    /// <summary>Standings of the accounts that an admitted transition has changed.</summary>
    internal IEnumerable<(string Account, AccountStanding Standing)> Standings(LedgerTransition transition)
    {
        if (state.InForce is null) yield break;
        foreach (string account in AccountsOf(transition).Distinct())
        {
            yield return (account, Paid(transition) is { } paid
                ? (state.StandingOf(account) ?? AccountStanding.New).Moved(paid, state.At, state.Parameters)
                : Moved(account));
        }
    }

    // The numeraire at home raises equity by itself and moves no requirement (M7): nothing has to be assessed.
    private AccountMargin? Paid(LedgerTransition transition)
    {
        (string account, Int128 units, bool isCash) = transition switch
        {
            LedgerTransition.Deposit own => (own.Account, own.Units, IsCash(own.Asset, own.Place)),
            LedgerTransition.Withdrawal own => (own.Account, -own.Units, IsCash(own.Asset, own.Place)),
            _ => (string.Empty, 0, false),
        };
        return isCash && Standing(account) is { } known
            ? known with { Equity = known.Equity + Money.FromMicroDollars(units) }
            : null;
    }

    private static bool IsCash(AssetId asset, Place place) => asset == AssetId.Numeraire && place.IsHome;

    private static IEnumerable<string> AccountsOf(LedgerTransition transition) => transition switch
    {
        LedgerTransition.Fill fill => [fill.Buyer.Account, fill.Seller.Account],
        LedgerTransition.Deposit deposit => [deposit.Account],
        LedgerTransition.Withdrawal withdrawal => [withdrawal.Account],
        LedgerTransition.Transfer transfer => [transfer.From, transfer.To],
        LedgerTransition.Fee fee => [fee.Account],
        LedgerTransition.LossRealisation realisation => [realisation.Account],
        LedgerTransition.BadDebtRecord record => [record.Account],
        LedgerTransition.LossAllocation allocation => [allocation.Account],
        _ => [],
    };

    // Lots nearer to zero in the instrument traded, and not beyond.
    private bool IsReduced(string account, Instrument instrument)
    {
        Int128 before = LotsOf(state.Ledger, account, instrument);
        Int128 then = LotsOf(after, account, instrument);
        return Int128.Abs(then) < Int128.Abs(before) && (then == 0 || Int128.Sign(then) == Int128.Sign(before));
    }

    private static Int128 LotsOf(Ledger ledger, string account, Instrument instrument) =>
        ledger.Find(account)?.HoldingOf(instrument)?.Lots ?? 0;

    private Failure? OfSide(LedgerTransition.Fill fill, FillSide side)
    {
        if (side.By is Mandate.Liquidation) return null;
        if (state.InForce is null)
        {
            return IsReduced(side.Account, fill.Instrument) ? null : Unvalued(side.Account);
        }

        AccountMargin then = After(side.Account);
        if (!then.IsKnown) return IsReduced(side.Account, fill.Instrument) ? null : then.Refusals[0];
        AccountMargin before = Before(side.Account);
        bool isRaised = !before.IsKnown || then.Initial > before.Initial || then.Maintenance > before.Maintenance;
        if (!isRaised) return null;
        AssetId asset = fill.Instrument.Underlying;
        if (fill.Instrument is not Spot && !MarketModes.Admits(state.ModeOf(asset), isRiskRaised: true))
        {
            return new Failure(
                FailureReason.Inconsistent, $"the market of {asset} admits only what lowers risk",
                Value: fill.Instrument.Name, Limit: $"{state.ModeOf(asset)}");
        }

        Money initial = Moved(side.Account).InitialInEffect(state.Parameters.Margin);
        return then.Equity >= initial ? null : new Failure(
            FailureReason.InsufficientFunds, $"after the trade equity of {side.Account} would not cover initial margin",
            Value: $"{then.Equity} USD", Limit: $"≥ {initial} USD");
    }

    private Failure? OfOutflow(string id)
    {
        LedgerAccount account = after.Find(id)!; // the ledger has posted
        Subaccount then = LedgerSubaccount.Of(account);
        bool owesNothing = then.Positions.IsEmpty && then.Collateral.All(static own => own.Units >= 0);
        if (owesNothing) return null;
        if (state.InForce is not { } market) return Unvalued(id);
        foreach (Holding holding in account.Holdings)
        {
            AssetId asset = holding.Instrument.Underlying;
            if (state.ModeOf(asset) != MarketMode.Normal)
            {
                return new Failure(
                    FailureReason.Inconsistent, $"collateral at risk in the market of {asset} stays until it recovers",
                    Value: id, Limit: $"{state.ModeOf(asset)}");
            }
        }

        ImmutableArray<Failure> refusals = MarginAdmission.Check(then, market.Arrays, market.Ground.Parameters);
        if (!refusals.IsEmpty) return refusals[0];
        MarginContext context = new(MarginMultipliers.Neutral, Moved(id).InEffectNano)
        {
            Protocol = BookKeeper.HoldingsOf(after, market),
        };
        return IsSurelyFree(then, market, context)
            ? null
            : WithdrawalRule.Check(PortfolioMargin.Assess(then, market.Arrays, market.Ground.Parameters, context));
    }

    // What covers every gain covers those of thin markets, and no report has to say which these are.
    private bool IsSurelyFree(Subaccount then, MarketValuation market, MarginContext context)
    {
        AccountMargin margin = After(then.Id);
        MarginParameters parameters = market.Ground.Parameters.Margin;
        Money initial = SpeedLimit.InitialInEffect(
            margin.Initial, margin.Maintenance.MultiplyUp(context.InEffectNano, MarginContext.InEffectOne), parameters);
        Int128 gains = PortfolioMargin
            .ExposuresOf(then, market.Arrays, market.Ground.Parameters, context.Protocol)
            .Aggregate(Int128.Zero, static (sum, own) => sum + Int128.Max(0, own.Unrealised));
        return margin.Equity - initial >= Money.FromMicroDollars(gains);
    }

    // What stands is of the valuation in force and of what is held, unless an expiry was settled since.
    private AccountMargin Before(string id) =>
        Standing(id) ?? keeper.Assess(state.Ledger.Find(id)!, state.Ledger, state.InForce!); // asked of what is there

    private AccountMargin? Standing(string id) =>
        !state.HasSettledSince && state.StandingOf(id) is { Memory: not null, Computed: { IsKnown: true } known }
            ? known
            : null;

    private AccountMargin After(string id)
    {
        if (!_assessed.TryGetValue(id, out AccountMargin? known))
        {
            known = keeper.Assess(after.Find(id)!, after, state.InForce!); // likewise
            _assessed.Add(id, known);
        }

        return known;
    }

    private AccountStanding Moved(string id)
    {
        if (!_moved.TryGetValue(id, out AccountStanding? known))
        {
            known = (state.StandingOf(id) ?? AccountStanding.New).Moved(After(id), state.At, state.Parameters);
            _moved.Add(id, known);
        }

        return known;
    }

    private static Failure Unvalued(string account) => new(
        FailureReason.Missing, "no market is valued yet: nothing that raises risk is admitted", Value: account);
}
