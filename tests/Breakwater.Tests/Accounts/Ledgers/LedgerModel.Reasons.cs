using System.Numerics;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Every reason why a transition must be refused; none if it must be accepted.</summary>
internal sealed partial class LedgerModel
{
    public IEnumerable<FailureReason> Reasons(LedgerTransition transition)
    {
        IEnumerable<FailureReason> own = transition switch
        {
            LedgerTransition.AccountOpening opening => If(
                _owners.ContainsKey(opening.Account), FailureReason.Duplicate),
            LedgerTransition.DelegateGrant grant => Owned(grant.Account, grant.By).Concat(If(
                _delegates.Contains((grant.Account, grant.Delegate)), FailureReason.Duplicate)),
            LedgerTransition.DelegateRevocation taken => Owned(taken.Account, taken.By).Concat(If(
                !_delegates.Contains((taken.Account, taken.Delegate)), FailureReason.Unknown)),
            LedgerTransition.AssetAdmission admission => If(
                _decimals.ContainsKey(admission.Asset.Name), FailureReason.Duplicate),
            LedgerTransition.InstrumentListing listing => OfListing(listing),
            LedgerTransition.Deposit deposit => OfAmount(deposit.Account, deposit.Asset.Name, deposit.Units).Concat(If(
                Get(Held, (deposit.Asset.Name, deposit.Place)) + deposit.Units > UnitsMax, FailureReason.TooLarge)),
            LedgerTransition.Withdrawal taken => OfAmount(taken.Account, taken.Asset.Name, taken.Units)
                .Concat(Owned(taken.Account, taken.By))
                .Concat(OfTokens(taken.Account, taken.Asset.Name, taken.Place, taken.Units)),
            LedgerTransition.Transfer moved => OfAmount(moved.From, moved.Asset.Name, moved.Units)
                .Concat(Owned(moved.From, moved.By)).Concat(Owned(moved.To, moved.By))
                .Concat(If(moved.From == moved.To, FailureReason.Inconsistent))
                .Concat(OfTokens(moved.From, moved.Asset.Name, moved.Place, moved.Units)),
            LedgerTransition.Fill fill => OfFill(fill),
            LedgerTransition.FundingPayment funding => OfFunding(funding),
            LedgerTransition.Settlement settlement => If(
                    settlement.At < settlement.Expiry, FailureReason.OutOfOrder)
                .Concat(If(!Settling(settlement).Any(), FailureReason.UnknownInstrument))
                .Concat(If(
                    Settling(settlement).Any(instrument => Accounts.Any(account => IsBeyond(SettledPaid(
                        instrument, Holdings.GetValueOrDefault((account, instrument.Name)).Lots,
                        (settlement.Average.PricePico, BigInteger.Pow(10, 12)))))),
                    FailureReason.TooLarge)),
            LedgerTransition.Fee fee => OfAmount(fee.Account, fee.Asset.Name, fee.Units)
                .Concat(Traded(fee.Account, fee.By)),
            LedgerTransition.InsuranceContribution paid => OfContribution(paid),
            LedgerTransition.LossRealisation loss => OfLoss(loss),
            LedgerTransition.BadDebtRecord record => OfBadDebt(record),
            LedgerTransition.LossAllocation loss => OfAmount(loss.Account, loss.Asset.Name, loss.Units).Concat(If(
                loss.Units > BigInteger.Min(
                    Get(Claims, (loss.Account, loss.Asset.Name)), Get(BadDebt, loss.Asset.Name)),
                FailureReason.Inconsistent)),
            _ => throw new InvalidOperationException(transition.ToString()),
        };
        return own.Concat(If(transition.At < _at, FailureReason.OutOfOrder));
    }

    private static IEnumerable<FailureReason> If(bool isRefused, FailureReason reason) => isRefused ? [reason] : [];

    private static bool IsBeyond(BigInteger paid) => BigInteger.Abs(paid) >= BigInteger.One << 100;

    private static bool IsPrice(decimal price) => price is >= 0.000000001m and <= 1_000_000_000m;

    private IEnumerable<FailureReason> OfListing(LedgerTransition.InstrumentListing own) =>
        If(!_decimals.ContainsKey(AssetOf(own.Instrument)), FailureReason.Unknown)
            .Concat(If(ExpiryOf(own.Instrument) <= own.At, FailureReason.Expired))
            .Concat(If(_listed.ContainsKey(own.Instrument.Name), FailureReason.Duplicate))
            .Concat(If(own.LotQuantity <= 0, FailureReason.OutOfRange));

    private IEnumerable<FailureReason> OfAmount(string account, string asset, BigInteger units) =>
        If(!_owners.ContainsKey(account) || !_decimals.ContainsKey(asset), FailureReason.Unknown)
            .Concat(If(units <= 0, FailureReason.OutOfRange))
            .Concat(If(units > UnitsMax, FailureReason.TooLarge));

    private IEnumerable<FailureReason> Owned(string account, string by) =>
        _owners.TryGetValue(account, out string? owner)
            ? If(owner != by, FailureReason.Unauthorised)
            : [FailureReason.Unknown];

    private IEnumerable<FailureReason> Traded(string account, Mandate by) => by switch
    {
        Mandate.Party party when !_delegates.Contains((account, party.Name)) => Owned(account, party.Name),
        _ => [],
    };

    private IEnumerable<FailureReason> OfTokens(string account, string asset, Place place, BigInteger units) =>
        If(
            units > Get(Tokens, (account, asset, place))
                + (place.IsHome
                    ? BigInteger.Max(
                        0, BigInteger.Min(Get(Claims, (account, asset)), Get(Losses, asset)))
                    : 0),
            FailureReason.InsufficientFunds);

    private IEnumerable<FailureReason> OfFill(LedgerTransition.Fill own)
    {
        IEnumerable<FailureReason> common = OfAmount(own.Buyer.Account, "USDC", own.Lots)
            .Concat(OfAmount(own.Seller.Account, "USDC", own.Lots))
            .Concat(If(!IsPrice(own.Price), FailureReason.OutOfRange))
            .Concat(If(own.Buyer.Account == own.Seller.Account, FailureReason.Inconsistent))
            .Concat(Traded(own.Buyer.Account, own.Buyer.By)).Concat(Traded(own.Seller.Account, own.Seller.By))
            .Concat(If(own.Buyer.FeeUnits + own.Seller.FeeUnits < 0, FailureReason.Inconsistent))
            .ToArray();
        if (common.Any())
        {
            return common;
        }

        if (own.Instrument is Spot)
        {
            string asset = own.Instrument.Underlying.Name;
            return asset == "USDC" ? [FailureReason.UnknownInstrument]
                : !_decimals.ContainsKey(asset) ? [FailureReason.Unknown]
                : OfTokens(own.Seller.Account, asset, Place.Home, own.Lots)
                    .Concat(If(
                        Up(SpotCost(own).Numerator, SpotCost(own).Denominator) > UnitsMax, FailureReason.TooLarge));
        }

        if (ExpiryOf(own.Instrument) <= own.At)
        {
            return [FailureReason.Expired];
        }

        return !_listed.ContainsKey(own.Instrument.Name) ? [FailureReason.UnknownInstrument]
            : If(
                IsTooLarge(own.Buyer.Account, own, own.Lots) || IsTooLarge(own.Seller.Account, own, -own.Lots),
                FailureReason.TooLarge);
    }

    private bool IsTooLarge(string account, LedgerTransition.Fill own, BigInteger lots)
    {
        (BigInteger held, BigInteger cost) = Holdings.GetValueOrDefault((account, own.Instrument.Name));
        BigInteger after = BigInteger.Abs(held + lots);
        (BigInteger quantity, BigInteger scale) = Ratio(_listed[own.Instrument.Name].Lot);
        BigInteger units = after * quantity * BigInteger.Pow(10, _decimals[AssetOf(own.Instrument)]) / scale;
        BigInteger[] paid =
        [
            .. Parts(account, own.Instrument, lots).Select(part => Paid(own.Instrument, part, Ratio(own.Price))),
        ];
        return after > LotsMax
            || units > BigInteger.One << BitsOf(own.Instrument)
            || paid.Any(amount => BigInteger.Abs(amount) > UnitsMax)
            || (held.Sign * lots.Sign > 0 && BigInteger.Abs(cost + paid[0]) > UnitsMax);
    }

    private static int BitsOf(Instrument instrument) => AssetOf(instrument) == "USDC" ? 70
        : instrument is VanillaOption ? 90
        : 96;

    private IEnumerable<FailureReason> OfFunding(LedgerTransition.FundingPayment own)
    {
        if (!_listed.TryGetValue(own.Perpetual.Name, out (Instrument, decimal, Timestamp? FundedTo) page))
        {
            return [FailureReason.UnknownInstrument];
        }

        return If(own.At.UnixMilliseconds % Timestamp.HourMilliseconds != 0, FailureReason.OutOfRange)
            .Concat(If(own.At == page.FundedTo, FailureReason.Duplicate))
            .Concat(If(own.At < page.FundedTo, FailureReason.OutOfOrder))
            .Concat(If(Math.Abs(own.RatePerHour) > 1 || !IsPrice(own.PriceUsd), FailureReason.OutOfRange))
            .Concat(If(
                IsPrice(own.PriceUsd) && Accounts.Any(account => IsBeyond(
                    FundingOf(own, Holdings.GetValueOrDefault((account, own.Perpetual.Name)).Lots))),
                FailureReason.TooLarge));
    }

    private IEnumerable<FailureReason> OfContribution(LedgerTransition.InsuranceContribution own)
    {
        string asset = own.Asset.Name;
        bool isDeposit = own.Source == InsuranceSource.Outside;
        return OfAmount(_owners.Keys.First(), asset, own.Units)
            .Concat(If(
                isDeposit && Get(Held, (asset, Place.Home)) + own.Units > UnitsMax, FailureReason.TooLarge))
            .Concat(If(
                !isDeposit && own.Units > BigInteger.Min(Get(Fees, asset), Get(Losses, asset)),
                FailureReason.InsufficientFunds));
    }

    private IEnumerable<FailureReason> OfLoss(LedgerTransition.LossRealisation own)
    {
        if (!_owners.ContainsKey(own.Account) || !IsPrice(own.PriceUsd))
        {
            return If(!_owners.ContainsKey(own.Account), FailureReason.Unknown)
                .Concat(If(!IsPrice(own.PriceUsd), FailureReason.OutOfRange));
        }

        (BigInteger lots, BigInteger cost) = Holdings.GetValueOrDefault((own.Account, own.Instrument.Name));
        if (lots.IsZero || own.Instrument is VanillaOption)
        {
            return [FailureReason.UnknownInstrument];
        }

        BigInteger paid = Paid(own.Instrument, -lots, Ratio(own.PriceUsd));
        return If(ExpiryOf(own.Instrument) <= own.At, FailureReason.Expired)
            .Concat(If(-paid - cost >= 0, FailureReason.Inconsistent))
            .Concat(If(BigInteger.Abs(paid) > UnitsMax, FailureReason.TooLarge));
    }

    private IEnumerable<FailureReason> OfBadDebt(LedgerTransition.BadDebtRecord own)
    {
        if (!_owners.ContainsKey(own.Account) || !_decimals.ContainsKey(own.Asset.Name))
        {
            return [FailureReason.Unknown];
        }

        bool isEmpty = Holdings.All(line => line.Key.Account != own.Account || line.Value.Lots.IsZero)
            && Tokens.All(line => line.Key.Account != own.Account || line.Value.IsZero)
            && Claims.All(line => line.Key.Account != own.Account || line.Value <= 0);
        return If(!isEmpty || Get(Claims, (own.Account, own.Asset.Name)) >= 0, FailureReason.Inconsistent);
    }
}
