using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Random transitions, many of them hostile, drawn with an eye on the ledger they meet.</summary>
internal sealed class LedgerHistory(Random random)
{
    private static readonly string[] Names = ["a1", "a2", "a3", "b1", "b2", "c1", Poor];
    // Trades what expires and deposits nothing: after the expiry it has debts and nothing else.
    private const string Poor = "e1";

    private static readonly AssetId Bitcoin = AssetId.Of("BTC");
    private static readonly AssetId Ether = AssetId.Of("ETH");
    private static readonly Timestamp First = Timestamp.Parse("2026-03-27T08:00:00Z");
    private static readonly AssetId[] Assets = [AssetId.Numeraire, Bitcoin, Ether, AssetId.Of("DOGE")];

    private static readonly Place[] Places =
        [Place.Home, Place.Home, Place.Home, new("arbitrum", BridgeClass.Canonical), new("", BridgeClass.Multisig)];

    private static readonly (string Name, decimal Lot)[] Instruments =
    [
        ("BTC_USDC-PERPETUAL", 0.0001m), ("BTC-PERPETUAL", 10m), ("ETH_USDC-PERPETUAL", 0.0007m),
        ("ETH-PERPETUAL", 1m), ("BTC_USDC-27MAR26", 0.0001m), ("BTC-27MAR26", 10m), ("ETH-27MAR26", 1m),
        ("BTC-27MAR26-90000-C", 0.1m), ("BTC-27MAR26-90000-P", 0.1m), ("BTC_USDC-27MAR26-90000-C", 0.01m),
        ("ETH-27MAR26-3000-P", 1m), ("ETH_USDC-27MAR26-3000-C", 0.1m), ("BTC-3APR26", 10m),
        ("BTC-3APR26-88000-P", 0.1m), ("DOGE-PERPETUAL", 1m),
    ];

    private double _bitcoinUsd = 90_000;
    private double _etherUsd = 3_000;

    /// <summary>What every history starts with.</summary>
    public static ImmutableArray<LedgerTransition> Openings { get; } = OpeningsOf();

    /// <summary>The next transition.</summary>
    public LedgerTransition Next(Ledger ledger)
    {
        _bitcoinUsd *= Math.Exp(0.02 * (random.NextDouble() - 0.5));
        _etherUsd *= Math.Exp(0.03 * (random.NextDouble() - 0.5));
        Timestamp at = ledger.At.AddMilliseconds(random.Next(50) switch
        {
            0 => -1,
            1 => random.Next(7_200_000),
            < 10 => 0,
            _ => random.Next(240_000),
        });
        return random.Next(40) switch
        {
            < 20 => Fill(at),
            < 24 => new LedgerTransition.Deposit(at, Rich(), Asset(), Somewhere(), Units()),
            < 27 => Withdrawal(ledger, at),
            28 or 29 => Transfer(ledger, at),
            30 or 31 => Funding(at),
            32 => Settlement(at),
            33 => new LedgerTransition.Fee(at, Account(), Word(), Asset(), Units()),
            34 => new LedgerTransition.InsuranceContribution(
                at, Asset(), Units(), random.Next(2) == 0 ? InsuranceSource.Outside : InsuranceSource.Fees),
            35 => Loss(at),
            36 => new LedgerTransition.BadDebtRecord(at, random.Next(2) == 0 ? Poor : Account(), Asset()),
            37 => Allocation(ledger, at),
            _ => Opening(at),
        };
    }

    private LedgerTransition Opening(Timestamp at)
    {
        (string name, decimal lot) = Instruments[random.Next(Instruments.Length)];
        return random.Next(6) switch
        {
            0 => new LedgerTransition.AccountOpening(at, Account(), Party()),
            1 => new LedgerTransition.DelegateGrant(at, Account(), Party(), Party()),
            2 => new LedgerTransition.DelegateRevocation(at, Account(), Party(), Party()),
            3 => new LedgerTransition.AssetAdmission(at, Assets[random.Next(3)], random.Next(19)),
            _ => new LedgerTransition.InstrumentListing(
                at, InstrumentName.Parse(name), random.Next(5) == 0 ? -lot : lot),
        };
    }

    private LedgerTransition.Fill Fill(Timestamp at)
    {
        Instrument instrument = random.Next(8) == 0
            ? new Spot(Assets[random.Next(Assets.Length)])
            : InstrumentName.Parse(Instruments[random.Next(Instruments.Length)].Name);
        Int128 lots = random.Next(30) switch
        {
            0 => 0,
            1 => -5,
            2 => Int128.One << random.Next(50, 120),
            3 => 1,
            _ => instrument is Spot ? random.NextInt64(1, 2_000_000_000) : random.Next(1, 300),
        };
        Int128 fee = random.Next(6) == 0 ? random.Next(-400, 2_000) : random.Next(0, 500);
        return new LedgerTransition.Fill(
            at, instrument, lots, PriceOf(instrument),
            new FillSide(Trader(instrument), Word(), fee),
            new FillSide(Trader(instrument), Word(), random.Next(3) == 0 ? -fee / 2 : fee));
    }

    private decimal PriceOf(Instrument instrument)
    {
        double around = UsdOf(instrument.Underlying);
        double price = instrument switch
        {
            VanillaOption { Settlement: Breakwater.Instruments.Settlement.Inverse } => 0.0005 * random.Next(1, 100),
            VanillaOption => around * 0.05 * random.NextDouble(),
            _ => around * (0.98 + (0.04 * random.NextDouble())),
        };
        return random.Next(60) switch
        {
            0 => 0m,
            1 => 0.0000000001m,
            2 => 1_000_000_001m,
            3 => 0.000000001m,
            4 => 1_000_000_000m,
            < 30 => Math.Round((decimal)price, 2) + 0.01m,
            _ => Math.Round((decimal)price, 9) + 0.000000001m,
        };
    }

    private double UsdOf(AssetId asset) => asset == Bitcoin ? _bitcoinUsd : asset == Ether ? _etherUsd : 0.1;

    private LedgerTransition.Withdrawal Withdrawal(Ledger ledger, Timestamp at)
    {
        (string account, AssetId asset, Place place) = (Account(), Asset(), Somewhere());
        return new LedgerTransition.Withdrawal(
            at, account, PartyOf(account), asset, place, Near(ledger, account, asset, place));
    }

    private LedgerTransition.Transfer Transfer(Ledger ledger, Timestamp at)
    {
        (string account, AssetId asset, Place place) = (Account(), Asset(), Somewhere());
        return new LedgerTransition.Transfer(
            at, account, Account(), PartyOf(account), asset, place, Near(ledger, account, asset, place));
    }

    // All of it, one unit more, or any amount.
    private Int128 Near(Ledger ledger, string account, AssetId asset, Place place)
    {
        Int128 most = ledger.Withdrawable(account, asset, place);
        return random.Next(5) switch
        {
            0 => most,
            1 => most + 1,
            2 => most / 2,
            _ => Units(),
        };
    }

    private LedgerTransition.FundingPayment Funding(Timestamp at)
    {
        string name = Instruments[random.Next(4)].Name;
        long hour = at.UnixMilliseconds / Timestamp.HourMilliseconds * Timestamp.HourMilliseconds;
        Perpetual perpetual = (Perpetual)InstrumentName.Parse(name);
        decimal rate = random.Next(12) == 0 ? 1.5m : Math.Round((decimal)(0.0008 * (random.NextDouble() - 0.5)), 11);
        Timestamp due = random.Next(5) == 0 ? at : Timestamp.FromUnixMilliseconds(hour + Timestamp.HourMilliseconds);
        return new LedgerTransition.FundingPayment(due, perpetual, rate, PriceOf(perpetual));
    }

    private LedgerTransition.Settlement Settlement(Timestamp at)
    {
        AssetId underlying = Assets[random.Next(1, 3)];
        Timestamp expiry = random.Next(3) == 0 ? Timestamp.Parse("2026-04-03T08:00:00Z") : First;
        Int128 pico = (Int128)(UsdOf(underlying) * (0.8 + (0.4 * random.NextDouble())) * 1e6) * 1_000_000 + 1;
        return new LedgerTransition.Settlement(at, underlying, expiry, new SettlementAverage(pico, 1_800, 0));
    }

    private LedgerTransition.LossRealisation Loss(Timestamp at)
    {
        Instrument instrument = InstrumentName.Parse(Instruments[random.Next(Instruments.Length)].Name);
        return new LedgerTransition.LossRealisation(at, Account(), instrument, PriceOf(instrument));
    }

    // As much as a winner can bear of bad debt that there is, one unit more, or anything.
    private LedgerTransition.LossAllocation Allocation(Ledger ledger, Timestamp at)
    {
        (string account, AssetId asset) = (Account(), Asset());
        if (ledger.Assets.Values.FirstOrDefault(book => book.BadDebt > 0) is { } book)
        {
            asset = book.Asset;
            account = ledger.Accounts.Values.MaxBy(own => own.CashOf(asset).Claim)!.Id;
        }

        Int128 most = Int128.Min(
            ledger.Find(account)?.CashOf(asset).Claim ?? 0, ledger.Find(asset)?.BadDebt ?? 0);
        return new LedgerTransition.LossAllocation(
            at, account, asset, random.Next(3) switch
            {
                0 => most + 1,
                1 => most,
                _ => Units(),
            });
    }

    private string Account() => random.Next(40) == 0 ? "nobody" : Names[random.Next(Names.Length)];

    private string Rich() => Account() is var account && account == Poor ? Names[0] : account;

    private string Trader(Instrument instrument) =>
        ContractTerms.ExpiryOf(instrument) == First ? Account() : Rich();

    private string Party() => ((string[])["ann", "bob", "cy", "dee"])[random.Next(4)];

    private string PartyOf(string account) => random.Next(4) == 0 ? Party() : OwnerOf(account);

    private Mandate Word() => random.Next(12) switch
    {
        0 => new Mandate.Party(Party()),
        _ => new Mandate.Liquidation(),
    };

    private AssetId Asset() => Assets[random.Next(40) == 0 ? 3 : random.Next(3)];

    private Place Somewhere() => Places[random.Next(Places.Length)];

    private Int128 Units() => random.Next(20) switch
    {
        0 => 0,
        1 => -random.Next(1, 1_000),
        2 => Int128.One << random.Next(90, 126),
        3 or 4 => random.Next(1, 3),
        5 => (Int128)random.NextInt64() * 1_000,
        _ => random.NextInt64(1, 3_000_000_000),
    };

    private static string OwnerOf(string account) => account[0] switch
    {
        'a' => "ann",
        'b' => "bob",
        'c' => "cy",
        _ => "eve",
    };

    private static ImmutableArray<LedgerTransition> OpeningsOf()
    {
        Timestamp at = Timestamp.Parse("2026-03-27T04:00:00Z");
        return
        [
            new LedgerTransition.AssetAdmission(at, Bitcoin, 8),
            new LedgerTransition.AssetAdmission(at, Ether, 18),
            .. Names.Select(name => new LedgerTransition.AccountOpening(at, name, OwnerOf(name))),
            new LedgerTransition.DelegateGrant(at, "a1", "ann", "dee"),
            .. Instruments[..^1].Select(own =>
                new LedgerTransition.InstrumentListing(at, InstrumentName.Parse(own.Name), own.Lot)),
        ];
    }
}
