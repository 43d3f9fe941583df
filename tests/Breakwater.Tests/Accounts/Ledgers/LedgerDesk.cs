using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>A ledger that examples are written on: each call is one transition that must be accepted.</summary>
internal sealed class LedgerDesk
{
    public static readonly Timestamp Start = Timestamp.Parse("2026-03-26T08:00:00Z");

    private static readonly Mandate Anyone = new Mandate.Liquidation();

    public LedgerDesk()
    {
        Do(new LedgerTransition.AssetAdmission(Start, AssetId.Of("BTC"), 8));
        foreach (string name in (string[])["ann", "bob", "cy"])
        {
            Do(new LedgerTransition.AccountOpening(Start, name, name));
        }
    }

    public Ledger Ledger { get; private set; } = Ledger.Empty;

    public Timestamp Now { get; private set; } = Start;

    public LedgerDesk Wait(long milliseconds)
    {
        Now = Now.AddMilliseconds(milliseconds);
        return this;
    }

    public LedgerDesk Do(LedgerTransition transition)
    {
        Result<Ledger> result = Try(transition);
        Assert.True(result.IsAccepted, $"{transition}: {string.Join(',', result.Failures)}");
        Ledger = result.Value;
        return this;
    }

    public Result<Ledger> Try(LedgerTransition transition) => LedgerPosting.Apply(Ledger, transition);

    public LedgerDesk List(string instrument, decimal lot) =>
        Do(new LedgerTransition.InstrumentListing(Now, InstrumentName.Parse(instrument), lot));

    public LedgerDesk Deposit(string account, string asset, Int128 units) =>
        Do(new LedgerTransition.Deposit(Now, account, AssetId.Of(asset), Place.Home, units));

    public LedgerDesk Trade(
        string instrument, string buyer, string seller, Int128 lots, decimal price, Int128 buyerFee = default,
        Int128 sellerFee = default) => Do(new LedgerTransition.Fill(
            Now, InstrumentName.Parse(instrument), lots, price, new FillSide(buyer, Anyone, buyerFee),
            new FillSide(seller, Anyone, sellerFee)));

    public Result<Ledger> TryWithdraw(string account, string asset, Int128 units) =>
        Try(new LedgerTransition.Withdrawal(Now, account, account, AssetId.Of(asset), Place.Home, units));

    public AccountCash Cash(string account, string asset) => Ledger.Find(account)!.CashOf(AssetId.Of(asset));

    public Holding? Holding(string account, string instrument) =>
        Ledger.Find(account)!.HoldingOf(InstrumentName.Parse(instrument));

    public AssetBook Book(string asset) => Ledger.Find(AssetId.Of(asset))!;
}
