using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Engine;

/// <summary>Fields of ledger transitions in canonical bytes; their time is the event's.</summary>
internal static class LedgerTransitionEncoding
{
    private const int Name = LedgerLimits.NameLengthMax;

    internal static void Write(CanonicalWriter writer, LedgerTransition transition)
    {
        switch (transition)
        {
            case LedgerTransition.AccountOpening own:
                writer.Write(1).Write(own.Account).Write(own.Owner);
                break;
            case LedgerTransition.DelegateGrant own:
                writer.Write(2).Write(own.Account).Write(own.By).Write(own.Delegate);
                break;
            case LedgerTransition.DelegateRevocation own:
                writer.Write(3).Write(own.Account).Write(own.By).Write(own.Delegate);
                break;
            case LedgerTransition.AssetAdmission own:
                writer.Write(4).Write(own.Asset).Write(own.Decimals);
                break;
            case LedgerTransition.InstrumentListing own:
                writer.Write(5).Write(own.Instrument.Name).Write(own.LotQuantity);
                break;
            case LedgerTransition.Deposit own:
                Write(writer.Write(6).Write(own.Account).Write(own.Asset), own.Place).Write(own.Units);
                break;
            case LedgerTransition.Withdrawal own:
                Write(writer.Write(7).Write(own.Account).Write(own.By).Write(own.Asset), own.Place).Write(own.Units);
                break;
            case LedgerTransition.Transfer own:
                Write(writer.Write(8).Write(own.From).Write(own.To).Write(own.By).Write(own.Asset), own.Place)
                    .Write(own.Units);
                break;
            case LedgerTransition.Fill own:
                writer.Write(9).Write(own.Instrument.Name).Write(own.Lots).Write(own.Price);
                Write(writer, own.Buyer);
                Write(writer, own.Seller);
                break;
            default:
                WriteOperation(writer, transition);
                break;
        }
    }

    /// <summary>A command that moves the ledger; <c>null</c> if the bytes are none.</summary>
    internal static RiskEvent.LedgerCommand? ReadCommand(ref CanonicalReader reader, Timestamp at)
    {
        string id = reader.Text(RiskEventEncoding.CommandIdLengthMax);
        return Read(ref reader, at) is { } transition ? new RiskEvent.LedgerCommand(at, id, transition) : null;
    }

    private static LedgerTransition? Read(ref CanonicalReader reader, Timestamp at)
    {
        int kind = reader.Int();
        return kind switch
        {
            1 => new LedgerTransition.AccountOpening(at, reader.Text(Name), reader.Text(Name)),
            2 => new LedgerTransition.DelegateGrant(at, reader.Text(Name), reader.Text(Name), reader.Text(Name)),
            3 => new LedgerTransition.DelegateRevocation(
                at, reader.Text(Name), reader.Text(Name), reader.Text(Name)),
            4 => new LedgerTransition.AssetAdmission(at, reader.Asset(), reader.Int()),
            5 => reader.Instrument() is { } listed
                ? new LedgerTransition.InstrumentListing(at, listed, reader.Decimal())
                : null,
            6 => new LedgerTransition.Deposit(
                at, reader.Text(Name), reader.Asset(), ReadPlace(ref reader), reader.Wide()),
            7 => new LedgerTransition.Withdrawal(
                at, reader.Text(Name), reader.Text(Name), reader.Asset(), ReadPlace(ref reader), reader.Wide()),
            8 => new LedgerTransition.Transfer(
                at, reader.Text(Name), reader.Text(Name), reader.Text(Name), reader.Asset(), ReadPlace(ref reader),
                reader.Wide()),
            9 => reader.Instrument() is { } traded
                ? new LedgerTransition.Fill(
                    at, traded, reader.Wide(), reader.Decimal(), ReadSide(ref reader), ReadSide(ref reader))
                : null,
            _ => ReadOperation(ref reader, kind, at),
        };
    }

    private static void WriteOperation(CanonicalWriter writer, LedgerTransition transition)
    {
        switch (transition)
        {
            case LedgerTransition.FundingPayment own:
                writer.Write(10).Write(own.Perpetual.Name).Write(own.RatePerHour).Write(own.PriceUsd);
                break;
            case LedgerTransition.Settlement own:
                writer.Write(11).Write(own.Underlying).Write(own.Expiry).Write(own.Average.PricePico)
                    .Write(own.Average.SeenCount).Write(own.Average.MissingCount);
                break;
            case LedgerTransition.Fee own:
                Write(writer.Write(12).Write(own.Account), own.By).Write(own.Asset).Write(own.Units);
                break;
            case LedgerTransition.InsuranceContribution own:
                writer.Write(13).Write(own.Asset).Write(own.Units).Write((int)own.Source);
                break;
            case LedgerTransition.LossRealisation own:
                writer.Write(14).Write(own.Account).Write(own.Instrument.Name).Write(own.PriceUsd);
                break;
            case LedgerTransition.BadDebtRecord own:
                writer.Write(15).Write(own.Account).Write(own.Asset);
                break;
            case LedgerTransition.LossAllocation own:
                writer.Write(16).Write(own.Account).Write(own.Asset).Write(own.Units);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(transition.ToString());
        }
    }

    private static LedgerTransition? ReadOperation(ref CanonicalReader reader, int kind, Timestamp at) => kind switch
    {
        10 => reader.Instrument() is Perpetual perpetual
            ? new LedgerTransition.FundingPayment(at, perpetual, reader.Decimal(), reader.Decimal())
            : null,
        11 => new LedgerTransition.Settlement(
            at, reader.Asset(), reader.Time(), new SettlementAverage(reader.Wide(), reader.Int(), reader.Int())),
        12 => new LedgerTransition.Fee(
            at, reader.Text(Name), ReadMandate(ref reader), reader.Asset(), reader.Wide()),
        13 => new LedgerTransition.InsuranceContribution(
            at, reader.Asset(), reader.Wide(), (InsuranceSource)reader.Member((int)InsuranceSource.Fees)),
        14 => ReadRealisation(ref reader, at),
        15 => new LedgerTransition.BadDebtRecord(at, reader.Text(Name), reader.Asset()),
        16 => new LedgerTransition.LossAllocation(at, reader.Text(Name), reader.Asset(), reader.Wide()),
        _ => null,
    };

    private static LedgerTransition.LossRealisation? ReadRealisation(ref CanonicalReader reader, Timestamp at)
    {
        string account = reader.Text(Name);
        return reader.Instrument() is { } instrument
            ? new LedgerTransition.LossRealisation(at, account, instrument, reader.Decimal())
            : null;
    }

    private static CanonicalWriter Write(CanonicalWriter writer, Place place) =>
        writer.Write(place.Chain).Write((int)place.Bridge);

    private static Place ReadPlace(ref CanonicalReader reader) => new(
        reader.Text(LedgerLimits.ChainLengthMax), (BridgeClass)reader.Member((int)BridgeClass.Unaudited));

    private static void Write(CanonicalWriter writer, FillSide side) =>
        Write(writer.Write(side.Account), side.By).Write(side.FeeUnits);

    private static FillSide ReadSide(ref CanonicalReader reader) =>
        new(reader.Text(Name), ReadMandate(ref reader), reader.Wide());

    // A party by its name, liquidation by none: no name is empty.
    private static CanonicalWriter Write(CanonicalWriter writer, Mandate mandate) => mandate switch
    {
        Mandate.Party party => writer.Write(party.Name),
        Mandate.Liquidation => writer.Write(string.Empty),
        _ => throw new System.Diagnostics.UnreachableException(mandate.ToString()),
    };

    private static Mandate ReadMandate(ref CanonicalReader reader)
    {
        string name = reader.Text(Name);
        return name.Length == 0 ? new Mandate.Liquidation() : new Mandate.Party(name);
    }
}
