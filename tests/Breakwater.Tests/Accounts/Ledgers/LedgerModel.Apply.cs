using System.Numerics;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>What accepted transitions do.</summary>
internal sealed partial class LedgerModel
{
    public void Apply(LedgerTransition transition)
    {
        _at = transition.At;
        switch (transition)
        {
            case LedgerTransition.AccountOpening own:
                _owners.Add(own.Account, own.Owner);
                break;
            case LedgerTransition.DelegateGrant own:
                _delegates.Add((own.Account, own.Delegate));
                break;
            case LedgerTransition.DelegateRevocation own:
                _delegates.Remove((own.Account, own.Delegate));
                break;
            case LedgerTransition.AssetAdmission own:
                _decimals.Add(own.Asset.Name, own.Decimals);
                break;
            case LedgerTransition.InstrumentListing own:
                _listed.Add(own.Instrument.Name, (own.Instrument, own.LotQuantity, null));
                break;
            case LedgerTransition.Deposit own:
                Add(Held, (own.Asset.Name, own.Place), own.Units);
                Put(own.Account, own.Asset.Name, own.Place, own.Units);
                break;
            case LedgerTransition.Withdrawal own:
                Take(own.Account, own.Asset.Name, own.Place, own.Units);
                Add(Held, (own.Asset.Name, own.Place), -own.Units);
                break;
            case LedgerTransition.Transfer own:
                Take(own.From, own.Asset.Name, own.Place, own.Units);
                Put(own.To, own.Asset.Name, own.Place, own.Units);
                break;
            default:
                ApplyTrade(transition);
                break;
        }
    }

    private void ApplyTrade(LedgerTransition transition)
    {
        switch (transition)
        {
            case LedgerTransition.Fill { Instrument: Spot } own:
                SpotTrade(own);
                break;
            case LedgerTransition.Fill own:
                TradeSide(own.Buyer.Account, own.Instrument, own.Lots, Ratio(own.Price), own.Buyer.FeeUnits);
                TradeSide(own.Seller.Account, own.Instrument, -own.Lots, Ratio(own.Price), own.Seller.FeeUnits);
                break;
            case LedgerTransition.FundingPayment own:
                Fund(own);
                break;
            case LedgerTransition.Settlement own:
                Settle(own);
                break;
            default:
                ApplyLoss(transition);
                break;
        }
    }

    private void ApplyLoss(LedgerTransition transition)
    {
        switch (transition)
        {
            case LedgerTransition.Fee own:
                Book(own.Account, own.Asset.Name, -own.Units);
                Add(FeesPaid, (own.Account, own.Asset.Name), own.Units);
                Add(Fees, own.Asset.Name, own.Units);
                break;
            case LedgerTransition.InsuranceContribution own:
                Insure(own);
                break;
            case LedgerTransition.LossRealisation own:
                BigInteger lots = Holdings[(own.Account, own.Instrument.Name)].Lots;
                TradeSide(own.Account, own.Instrument, -lots, Ratio(own.PriceUsd), 0);
                TradeSide(own.Account, own.Instrument, lots, Ratio(own.PriceUsd), 0);
                break;
            case LedgerTransition.BadDebtRecord own:
                BigInteger debt = -Get(Claims, (own.Account, own.Asset.Name));
                BigInteger insured = BigInteger.Min(debt, Get(Insurance, own.Asset.Name));
                Add(Claims, (own.Account, own.Asset.Name), debt);
                Add(Insurance, own.Asset.Name, -insured);
                Add(Losses, own.Asset.Name, insured);
                Add(BadDebt, own.Asset.Name, debt - insured);
                break;
            case LedgerTransition.LossAllocation own:
                Add(Claims, (own.Account, own.Asset.Name), -own.Units);
                Add(Realised, (own.Account, own.Asset.Name), -own.Units);
                Add(BadDebt, own.Asset.Name, -own.Units);
                break;
            default:
                throw new InvalidOperationException(transition.ToString());
        }
    }

    private void Put(string account, string asset, Place place, BigInteger units)
    {
        BigInteger repaid = place.IsHome
            ? BigInteger.Min(BigInteger.Max(-Get(Claims, (account, asset)), 0), units) : 0;
        Add(Claims, (account, asset), repaid);
        Add(Losses, asset, repaid);
        Add(Tokens, (account, asset, place), units - repaid);
    }

    private void Take(string account, string asset, Place place, BigInteger units)
    {
        BigInteger drawn = BigInteger.Max(0, units - Get(Tokens, (account, asset, place)));
        Add(Claims, (account, asset), -drawn);
        Add(Losses, asset, -drawn);
        Add(Tokens, (account, asset, place), drawn - units);
    }

    private void SpotTrade(LedgerTransition.Fill own)
    {
        string asset = own.Instrument.Underlying.Name;
        (BigInteger numerator, BigInteger denominator) = SpotCost(own);
        Take(own.Seller.Account, asset, Place.Home, own.Lots);
        Put(own.Buyer.Account, asset, Place.Home, own.Lots);
        BigInteger paid = Up(numerator, denominator);
        BigInteger received = numerator / denominator;
        Book(own.Buyer.Account, "USDC", -paid - own.Buyer.FeeUnits);
        Book(own.Seller.Account, "USDC", received - own.Seller.FeeUnits);
        Add(Residue, "USDC", paid - received);
        Add(Fees, "USDC", own.Buyer.FeeUnits + own.Seller.FeeUnits);
        Add(FeesPaid, (own.Buyer.Account, "USDC"), own.Buyer.FeeUnits);
        Add(FeesPaid, (own.Seller.Account, "USDC"), own.Seller.FeeUnits);
    }

    private (BigInteger Numerator, BigInteger Denominator) SpotCost(LedgerTransition.Fill own)
    {
        (BigInteger numerator, BigInteger denominator) = Ratio(own.Price);
        BigInteger micros = own.Lots * numerator * 1_000_000;
        return (micros, denominator * BigInteger.Pow(10, _decimals[own.Instrument.Underlying.Name]));
    }

    private void Fund(LedgerTransition.FundingPayment own)
    {
        string name = own.Perpetual.Name;
        string asset = AssetOf(own.Perpetual);
        foreach (string account in Accounts)
        {
            BigInteger lots = Holdings.GetValueOrDefault((account, name)).Lots;
            BigInteger paid = FundingOf(own, lots);
            Book(account, asset, -paid);
            Add(Funding, (account, asset), -paid);
            Add(Residue, asset, paid);
        }

        _listed[name] = _listed[name] with { FundedTo = own.At };
    }

    // rate × price × quantity for linear, rate × USD ÷ price for inverse.
    private BigInteger FundingOf(LedgerTransition.FundingPayment own, BigInteger lots)
    {
        (BigInteger quantity, BigInteger scale) = Ratio(_listed[own.Perpetual.Name].Lot);
        (BigInteger rate, BigInteger rateScale) = Ratio(own.RatePerHour);
        (BigInteger price, BigInteger priceScale) = Ratio(own.PriceUsd);
        BigInteger unit = BigInteger.Pow(10, _decimals[AssetOf(own.Perpetual)]);
        return own.Perpetual.Settlement == Settlement.Linear
            ? Up(lots * quantity * rate * unit * price, scale * rateScale * priceScale)
            : Up(lots * quantity * rate * unit * priceScale, scale * rateScale * price);
    }

    private void Settle(LedgerTransition.Settlement own)
    {
        foreach (Instrument instrument in Settling(own))
        {
            foreach (string account in Accounts)
            {
                (BigInteger held, BigInteger cost) = Holdings.GetValueOrDefault((account, instrument.Name));
                if (held.IsZero)
                {
                    continue;
                }

                BigInteger paid = SettledPaid(instrument, held, (own.Average.PricePico, BigInteger.Pow(10, 12)));
                _pending = 0;
                Trade(account, instrument, -held, paid);
                Book(account, AssetOf(instrument), _pending);
                Assert.Equal(default, Holdings[(account, instrument.Name)]);
            }

            _listed.Remove(instrument.Name);
        }
    }

    private IEnumerable<Instrument> Settling(LedgerTransition.Settlement own) =>
    [
        .. _listed.Values.Select(page => page.Instrument)
            .Where(instrument => instrument.Underlying == own.Underlying && ExpiryOf(instrument) == own.Expiry),
    ];

    private BigInteger SettledPaid(
        Instrument instrument, BigInteger held, (BigInteger Numerator, BigInteger Denominator) average)
    {
        if (instrument is not VanillaOption option)
        {
            return Paid(instrument, -held, average);
        }

        (BigInteger strike, BigInteger scale) = Ratio(option.StrikeUsd);
        BigInteger difference = (average.Numerator * scale) - (strike * average.Denominator);
        BigInteger payoff = BigInteger.Max(0, option.Right == OptionRight.Call ? difference : -difference);
        BigInteger denominator = average.Denominator * scale;
        return option.Settlement == Settlement.Linear
            ? Paid(instrument, -held, (payoff, denominator))
            : Paid(instrument, -held, (payoff, average.Numerator * scale));
    }

    private void Insure(LedgerTransition.InsuranceContribution own)
    {
        string asset = own.Asset.Name;
        if (own.Source == InsuranceSource.Outside)
        {
            Add(Held, (asset, Place.Home), own.Units);
        }
        else
        {
            Add(Fees, asset, -own.Units);
            Add(Losses, asset, -own.Units);
        }

        BigInteger repaid = BigInteger.Min(Get(BadDebt, asset), own.Units);
        Add(BadDebt, asset, -repaid);
        Add(Losses, asset, repaid);
        Add(Insurance, asset, own.Units - repaid);
    }
}
