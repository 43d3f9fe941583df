using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>A trade of spot: tokens of the coin against the numeraire, both at home.</summary>
/// <remarks>The coin is delivered, never owed: the seller has it. The price is booked like any amount: what the buyer
/// cannot pay at once is owed, and the seller's proceeds are a claim (L9).</remarks>
internal static class SpotPosting
{
    internal static Result<Ledger> Apply(Ledger ledger, LedgerTransition.Fill fill)
    {
        AssetId asset = fill.Instrument.Underlying;
        if (asset == AssetId.Numeraire)
        {
            return new Failure(
                FailureReason.UnknownInstrument, "the numeraire has no price in itself", Value: asset.Name).Refused();
        }

        Failure? refusal = LedgerAdmission.OfAsset(ledger, asset)
            ?? CustodyPosting.OfTokens(ledger, fill.Seller.Account, asset, Place.Home, fill.Lots);
        if (refusal is not null)
        {
            return refusal.Refused();
        }

        AssetBook coins = ledger.Find(asset)!;
        UInt128 price = (UInt128)PicoPrice.Of(fill.Price)!.Value; // admitted
        int exponent = coins.Decimals + PicoPrice.Decimals - LedgerLimits.NumeraireDecimals;
        UInt128 divisor = (UInt128)DecimalParts.PowerOfTen(exponent);
        if (WideShare.Up((UInt128)fill.Lots, price, divisor) is not { } paid || (Int128)paid > LedgerLimits.UnitsMax)
        {
            return LedgerAdmission.TooLarge($"the trade of {asset}", fill.Lots).Refused();
        }

        UInt128 received = WideShare.Down((UInt128)fill.Lots, price, divisor)!.Value; // not above what is paid
        LedgerAccount seller = ledger.Find(fill.Seller.Account)!;
        LedgerAccount buyer = ledger.Find(fill.Buyer.Account)!;
        (seller, coins) = CustodyPosting.Take(seller, coins, Place.Home, fill.Lots);
        (buyer, coins) = CustodyPosting.Put(buyer, coins, Place.Home, fill.Lots);
        AssetBook money = ledger.Find(AssetId.Numeraire)!;
        (buyer, money) = Book(buyer, money, -(Int128)paid, fill.Buyer.FeeUnits);
        (seller, money) = Book(seller, money, (Int128)received, fill.Seller.FeeUnits);
        money = money.WithResidue((Int128)(paid - received));
        return ledger.With(seller).With(buyer).With(coins).With(money).Accepted();
    }

    private static (LedgerAccount Account, AssetBook Book) Book(
        LedgerAccount account, AssetBook money, Int128 units, Int128 fee)
    {
        AccountCash line = account.CashOf(AssetId.Numeraire);
        (line, money) = CashPosting.Book(line with { Fees = line.Fees + fee }, money, units - fee);
        return (account.With(line), money with { Fees = money.Fees with { Claim = money.Fees.Claim + fee } });
    }
}
