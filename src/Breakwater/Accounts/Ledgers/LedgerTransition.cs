using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>One change of the ledger: applied whole or refused whole (RELIABILITY 2.7). A closed hierarchy.</summary>
/// <remarks>Amounts are least units of their asset. Prices are decimals of at most twelve places. No transition looks
/// at margin: that is asked before, of the subaccount as it would be (<see cref="LedgerSubaccount"/>).</remarks>
/// <param name="At">Instant of the change; not before the one before.</param>
public abstract record LedgerTransition(Timestamp At)
{
    /// <summary>A subaccount is opened, empty.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">Its name, 1–64 printable ASCII characters, not yet used.</param>
    /// <param name="Owner">Its owner, likewise.</param>
    public sealed record AccountOpening(Timestamp At, string Account, string Owner) : LedgerTransition(At);

    /// <summary>The owner lets another party trade for a subaccount.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="By">Its owner.</param>
    /// <param name="Delegate">The party.</param>
    public sealed record DelegateGrant(Timestamp At, string Account, string By, string Delegate)
        : LedgerTransition(At);

    /// <summary>The owner takes that right back.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="By">Its owner.</param>
    /// <param name="Delegate">The party.</param>
    public sealed record DelegateRevocation(Timestamp At, string Account, string By, string Delegate)
        : LedgerTransition(At);

    /// <summary>An asset may be deposited and settled in from now on.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Decimals">Decimals of its least unit; in [0, 18].</param>
    public sealed record AssetAdmission(Timestamp At, AssetId Asset, int Decimals) : LedgerTransition(At);

    /// <summary>A derivative may be traded from now on; its lot is fixed for its life.</summary>
    /// <param name="At">Instant of the change; before its expiry.</param>
    /// <param name="Instrument">The derivative; its settlement asset is admitted.</param>
    /// <param name="LotQuantity">Size of a lot: units of underlying, USD for inverse futures; &gt; 0, at most eight
    /// digits.</param>
    public sealed record InstrumentListing(Timestamp At, Instrument Instrument, decimal LotQuantity)
        : LedgerTransition(At);

    /// <summary>Tokens came in for a subaccount. What it owes of the asset at home is paid first.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Place">Where the tokens lie.</param>
    /// <param name="Units">Least units; &gt; 0.</param>
    public sealed record Deposit(Timestamp At, string Account, AssetId Asset, Place Place, Int128 Units)
        : LedgerTransition(At);

    /// <summary>Tokens go out to the owner: his own and, at home, what realised losses can pay of his claim (L9).
    /// </summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="By">Its owner.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Place">Where the tokens lie.</param>
    /// <param name="Units">Least units; &gt; 0.</param>
    public sealed record Withdrawal(
        Timestamp At, string Account, string By, AssetId Asset, Place Place, Int128 Units) : LedgerTransition(At);

    /// <summary>Tokens move between two subaccounts of one owner; claims and debts stay where they are.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="From">Subaccount that gives.</param>
    /// <param name="To">Subaccount that takes.</param>
    /// <param name="By">Owner of both.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Place">Where the tokens lie.</param>
    /// <param name="Units">Least units; &gt; 0.</param>
    public sealed record Transfer(
        Timestamp At, string From, string To, string By, AssetId Asset, Place Place, Int128 Units)
        : LedgerTransition(At);

    /// <summary>Two subaccounts trade: a derivative, or spot for the numeraire at home.</summary>
    /// <param name="At">Instant of the trade; before the expiry.</param>
    /// <param name="Instrument">What is traded.</param>
    /// <param name="Lots">Lots that change hands, of spot least units of the token; &gt; 0.</param>
    /// <param name="Price">Price as the instrument is quoted: coin per unit for an inverse option, else USD per unit.
    /// </param>
    /// <param name="Buyer">Who buys.</param>
    /// <param name="Seller">Who sells; another subaccount.</param>
    public sealed record Fill(
        Timestamp At, Instrument Instrument, Int128 Lots, decimal Price, FillSide Buyer, FillSide Seller)
        : LedgerTransition(At);

    /// <summary>Funding of one hour of a perpetual: every holder pays or receives lots × price × rate.</summary>
    /// <param name="At">End of the hour: a whole hour, after the last one paid.</param>
    /// <param name="Perpetual">The perpetual.</param>
    /// <param name="RatePerHour">Fraction of the notional for the hour, in [−1, 1], at most twelve decimals; longs pay
    /// where it is positive. A rate for eight hours is divided by eight.</param>
    /// <param name="PriceUsd">Price of the notional, USD per unit of underlying.</param>
    public sealed record FundingPayment(Timestamp At, Perpetual Perpetual, decimal RatePerHour, decimal PriceUsd)
        : LedgerTransition(At);

    /// <summary>Every derivative of an underlying that expires at an instant is settled: futures close and options are
    /// exercised at one average, and their pages go.</summary>
    /// <param name="At">Instant of the change; at or after the expiry.</param>
    /// <param name="Underlying">The underlying.</param>
    /// <param name="Expiry">The expiry.</param>
    /// <param name="Average">The settlement price.</param>
    public sealed record Settlement(Timestamp At, AssetId Underlying, Timestamp Expiry, SettlementAverage Average)
        : LedgerTransition(At);

    /// <summary>A subaccount pays a fee to the protocol.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="By">On whose word.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Units">Least units; &gt; 0.</param>
    public sealed record Fee(Timestamp At, string Account, Mandate By, AssetId Asset, Int128 Units)
        : LedgerTransition(At);

    /// <summary>Tokens are set aside for insurance. They pay recorded bad debt first.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Asset">The asset, at home.</param>
    /// <param name="Units">Least units; &gt; 0.</param>
    /// <param name="Source">Where they come from.</param>
    public sealed record InsuranceContribution(
        Timestamp At, AssetId Asset, Int128 Units, InsuranceSource Source) : LedgerTransition(At);

    /// <summary>The loss of an open future is realised at a price: the position stays, entered anew at the price, and
    /// what it has lost is paid.</summary>
    /// <remarks>Winners can then draw what losers have not closed yet. A gain is refused: it would turn what M11 does
    /// not count, gains of thin markets, into a claim that it does.</remarks>
    /// <param name="At">Instant of the change; before the expiry.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="Instrument">The future or perpetual.</param>
    /// <param name="PriceUsd">The price, USD per unit of underlying.</param>
    public sealed record LossRealisation(Timestamp At, string Account, Instrument Instrument, decimal PriceUsd)
        : LedgerTransition(At);

    /// <summary>What a subaccount with nothing left owes of an asset is written off: insurance pays what it can, the
    /// rest is recorded.</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount; it holds no derivatives and no tokens, and has no claims.</param>
    /// <param name="Asset">The asset.</param>
    public sealed record BadDebtRecord(Timestamp At, string Account, AssetId Asset) : LedgerTransition(At);

    /// <summary>A winner bears a part of recorded bad debt, out of a claim that nothing backs (L6).</summary>
    /// <param name="At">Instant of the change.</param>
    /// <param name="Account">The subaccount.</param>
    /// <param name="Asset">The asset.</param>
    /// <param name="Units">Least units; &gt; 0, at most its claim and at most the bad debt.</param>
    public sealed record LossAllocation(Timestamp At, string Account, AssetId Asset, Int128 Units)
        : LedgerTransition(At);
}

/// <summary>One side of a trade.</summary>
/// <param name="Account">The subaccount.</param>
/// <param name="By">On whose word it trades.</param>
/// <param name="FeeUnits">Fee, least units of the asset the price is paid in; negative for a maker's rebate, which the
/// other side's fee covers.</param>
public sealed record FillSide(string Account, Mandate By, Int128 FeeUnits);

/// <summary>Where tokens of the insurance fund come from.</summary>
public enum InsuranceSource
{
    /// <summary>From outside the ledger.</summary>
    Outside,

    /// <summary>From the protocol's fees, as far as tokens back them.</summary>
    Fees,
}
