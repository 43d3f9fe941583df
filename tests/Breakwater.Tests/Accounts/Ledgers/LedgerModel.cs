using System.Numerics;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>The obvious ledger: dictionaries and unlimited integers, written from the rules and not from the code.
/// </summary>
internal sealed partial class LedgerModel
{
    private static readonly BigInteger UnitsMax = BigInteger.One << 96;
    private static readonly BigInteger LotsMax = BigInteger.One << 53;

    private readonly Dictionary<string, string> _owners = [];
    private readonly HashSet<(string Account, string Delegate)> _delegates = [];
    private readonly Dictionary<string, int> _decimals = new() { ["USDC"] = 6 };
    private readonly Dictionary<string, (Instrument Instrument, decimal Lot, Timestamp? FundedTo)> _listed = [];
    private Timestamp _at;

    public Dictionary<(string Account, string Asset, Place Place), BigInteger> Tokens { get; } = [];

    public Dictionary<(string Account, string Asset), BigInteger> Claims { get; } = [];

    public Dictionary<(string Account, string Asset), BigInteger> Realised { get; } = [];

    public Dictionary<(string Account, string Asset), BigInteger> Funding { get; } = [];

    public Dictionary<(string Account, string Asset), BigInteger> FeesPaid { get; } = [];

    public Dictionary<(string Account, string Instrument), (BigInteger Lots, BigInteger Cost)> Holdings { get; } = [];

    public Dictionary<(string Asset, Place Place), BigInteger> Held { get; } = [];

    public Dictionary<string, BigInteger> Losses { get; } = [];

    public Dictionary<string, BigInteger> Fees { get; } = [];

    public Dictionary<string, BigInteger> Insurance { get; } = [];

    public Dictionary<string, BigInteger> Residue { get; } = [];

    public Dictionary<string, BigInteger> BadDebt { get; } = [];

    public IEnumerable<string> Accounts => _owners.Keys;

    public IEnumerable<string> Assets => _decimals.Keys;

    public IEnumerable<string> Listed => _listed.Keys;

    public string OwnerOf(string account) => _owners[account];

    public static BigInteger Get<TKey>(Dictionary<TKey, BigInteger> of, TKey key)
        where TKey : notnull => of.GetValueOrDefault(key);

    public static void Add<TKey>(Dictionary<TKey, BigInteger> to, TKey key, BigInteger units)
        where TKey : notnull => to[key] = to.GetValueOrDefault(key) + units;

    /// <summary>Least whole number not below a ratio.</summary>
    public static BigInteger Up(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        return !rest.IsZero && (rest.Sign > 0 == denominator.Sign > 0) ? quotient + 1 : quotient;
    }

    /// <summary>What trading lots at a price costs, rounded up: METHODOLOGY 1.1 in exact ratios.</summary>
    public BigInteger Paid(Instrument instrument, BigInteger lots, (BigInteger Numerator, BigInteger Denominator) price)
    {
        (BigInteger quantity, BigInteger scale) = Ratio(_listed[instrument.Name].Lot);
        BigInteger unit = BigInteger.Pow(10, _decimals[AssetOf(instrument)]);
        return IsInverseFuture(instrument)
            ? Up(-lots * quantity * unit * price.Denominator, scale * price.Numerator)
            : Up(lots * quantity * unit * price.Numerator, scale * price.Denominator);
    }

    public static string AssetOf(Instrument instrument) =>
        (SettlementOf(instrument) == Settlement.Linear ? AssetId.Numeraire : instrument.Underlying).Name;

    public static (BigInteger Numerator, BigInteger Denominator) Ratio(decimal value)
    {
        BigInteger denominator = BigInteger.Pow(10, value.Scale);
        return (new BigInteger(value * (decimal)denominator), denominator);
    }

    private static Settlement SettlementOf(Instrument instrument) => instrument switch
    {
        Perpetual own => own.Settlement,
        DatedFuture own => own.Settlement,
        VanillaOption own => own.Settlement,
        _ => throw new InvalidOperationException(instrument.Name),
    };

    private static bool IsInverseFuture(Instrument instrument) =>
        instrument is not VanillaOption && SettlementOf(instrument) == Settlement.Inverse;

    private static Timestamp? ExpiryOf(Instrument instrument) => instrument switch
    {
        DatedFuture own => own.Expiry,
        VanillaOption own => own.Expiry,
        _ => null,
    };

    /// <summary>A gain or loss: own claim, own tokens, debt.</summary>
    private void Book(string account, string asset, BigInteger units)
    {
        (string, string) line = (account, asset);
        if (units >= 0)
        {
            Add(Claims, line, units);
            return;
        }

        BigInteger owed = -units;
        BigInteger ofClaim = BigInteger.Min(BigInteger.Max(Get(Claims, line), 0), owed);
        Add(Claims, line, -ofClaim);
        owed -= ofClaim;
        BigInteger ofTokens = BigInteger.Min(Get(Tokens, (account, asset, Place.Home)), owed);
        Add(Tokens, (account, asset, Place.Home), -ofTokens);
        Add(Losses, asset, ofTokens);
        Add(Claims, line, ofTokens - owed);
    }

    private void Trade(string account, Instrument instrument, BigInteger lots, BigInteger paid)
    {
        string asset = AssetOf(instrument);
        (BigInteger held, BigInteger cost) = Holdings.GetValueOrDefault((account, instrument.Name));
        BigInteger realised = 0;
        if (held.Sign * lots.Sign >= 0)
        {
            cost += paid;
        }
        else
        {
            BigInteger released = Up(cost * -lots, held);
            realised = -paid - released;
            cost -= released;
        }

        held += lots;
        Holdings[(account, instrument.Name)] = (held, cost);
        Add(Realised, (account, asset), realised);
        Add(Residue, asset, paid);
        _pending += instrument is VanillaOption ? -paid : realised;
    }

    private BigInteger _pending;

    // A trade through zero is two trades.
    private void TradeSide(
        string account, Instrument instrument, BigInteger lots, (BigInteger, BigInteger) price, BigInteger fee)
    {
        string asset = AssetOf(instrument);
        _pending = -fee;
        foreach (BigInteger part in Parts(account, instrument, lots))
        {
            Trade(account, instrument, part, Paid(instrument, part, price));
        }

        Book(account, asset, _pending);
        Add(FeesPaid, (account, asset), fee);
        Add(Fees, asset, fee);
    }

    private IEnumerable<BigInteger> Parts(string account, Instrument instrument, BigInteger lots)
    {
        BigInteger held = Holdings.GetValueOrDefault((account, instrument.Name)).Lots;
        bool isThrough = held.Sign * lots.Sign < 0 && BigInteger.Abs(lots) > BigInteger.Abs(held);
        return isThrough ? [-held, lots + held] : [lots];
    }
}
