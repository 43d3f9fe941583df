using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>Keeps a live book in step with ledgers, whatever ledger comes: scratch of an engine.</summary>
internal sealed class BookKeeper
{
    private readonly LiveBook _book;
    private readonly Func<ScenarioInputs, ScenarioSets> _design;
    private LedgerAccounts _known = LedgerAccounts.Empty;
    private ProtocolHoldings _protocol = ProtocolHoldings.Neutral;

    internal BookKeeper(int partitionCount, UnitRun run, Func<ScenarioInputs, ScenarioSets> design)
    {
        _book = new LiveBook(partitionCount);
        _design = design;
        Run = run;
    }

    /// <summary>Every account of the ledger of the last refresh.</summary>
    internal BookRoll Roll { get; private set; } = BookRoll.Empty;

    /// <summary>Runs independent units.</summary>
    internal UnitRun Run { get; }

    /// <summary>Values a market with this engine's design of scenario sets.</summary>
    internal Result<MarketValuation> Value(MarketGround ground, MarketValuation? before) =>
        MarketRevaluation.Of(ground, before, Run, _design);

    /// <summary>Margins every account of a ledger.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="inForce">The market, haircuts in effect.</param>
    internal void Refresh(Ledger ledger, MarketValuation inForce)
    {
        ProtocolHoldings protocol = HoldingsOf(ledger, inForce);
        bool isNewProtocol = !protocol.Holdings.AsSpan().SequenceEqual(_protocol.Holdings.AsSpan());
        MarginContext context = MarginContext.Neutral with { Protocol = protocol };
        foreach ((LedgerAccount? known, LedgerAccount? account) in ledger.Accounts.DifferencesFrom(_known))
        {
            if (known is not null && ledger.Find(known.Id) is null) _book.Remove(known.Id);
            if (account is not null && !isNewProtocol) _book.Put(LedgerSubaccount.Of(account), context);
        }

        foreach (LedgerAccount account in isNewProtocol ? ledger.Accounts.Values : [])
        {
            _book.Put(LedgerSubaccount.Of(account), context);
        }

        if (!ledger.Accounts.HasSameNames(_known))
        {
            ImmutableArray<string> names = [.. ledger.Accounts.Names];
            Roll = new BookRoll(names, [.. names.Select(_book.PlaceOf)]);
        }

        (_known, _protocol) = (ledger.Accounts, protocol);
        _book.Refresh(inForce, Run);
    }

    /// <summary>Margin of an account as of the last refresh.</summary>
    /// <param name="index">Its index in the roll.</param>
    internal AccountMargin Of(int index) => _book.Of(Roll.Places[index])!; // every account of the ledger was put in

    /// <summary>Margin of an account as it would be.</summary>
    /// <param name="account">The account.</param>
    /// <param name="ledger">The ledger it is of.</param>
    /// <param name="inForce">The market.</param>
    internal AccountMargin Assess(LedgerAccount account, Ledger ledger, MarketValuation inForce)
    {
        if (!ReferenceEquals(_book.Valuation, inForce)) Refresh(ledger, inForce);
        return _book.AssessNetted(
            LedgerSubaccount.Of(account), MarginContext.Neutral with { Protocol = HoldingsOf(ledger, inForce) });
    }

    /// <summary>What all accounts hold of assets beyond what the protocol should hold; nothing else is named, because
    /// below its cap a holding counts nothing (METHODOLOGY 5).</summary>
    internal static ProtocolHoldings HoldingsOf(Ledger ledger, MarketValuation inForce)
    {
        List<ProtocolHolding> crowded = [];
        foreach (AssetBook book in ledger.Assets.Values)
        {
            int row = book.Asset == AssetId.Numeraire ? -1 : inForce.Arrays.IndexOf(new Spot(book.Asset));
            if (row < 0 || book.Pools.IsEmpty) continue;
            Int128 units = book.Pools.Aggregate(Int128.Zero, static (sum, pool) => sum + pool.HeldUnits);
            Int128 value = (Int128)((System.Numerics.BigInteger)units
                * inForce.Arrays.Rows[row].MarkValueUpMicroUsd / DecimalParts.PowerOfTen(book.Decimals));
            if (value > inForce.Arrays.TermsOf(book.Asset)!.Collateral.CapMicroUsd) // a row has terms
            {
                crowded.Add(new ProtocolHolding(book.Asset, value));
            }
        }

        return crowded.Count == 0
            ? ProtocolHoldings.Neutral
            : new ProtocolHoldings([.. crowded.OrderBy(own => own.Asset)]);
    }
}
