using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>Risk arrays, and random subaccounts that hold what they have rows for.</summary>
internal abstract class LawMarket(int seed)
{
    public static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    public static AssetId Btc => AssetId.Of("BTC");

    public static AssetId Eth => AssetId.Of("ETH");

    public static Subaccount Empty { get; } = new("empty", [], []);

    /// <summary>The arrays.</summary>
    public abstract RiskArrays Arrays { get; }

    /// <summary>The same arrays, made in another way.</summary>
    public virtual RiskArrays ArraysMadeOtherwise => Arrays;

    /// <summary>An instrument of which a long lot never earns less than nothing.</summary>
    public abstract Instrument Gift { get; }

    protected Random Random { get; } = new(seed);

    /// <summary>Random positions, of one or more legs that belong together.</summary>
    protected abstract IEnumerable<Position> DrawStructure();

    /// <summary>A random subaccount of at most <paramref name="structureMax"/> structures, rows in random order.
    /// </summary>
    public Subaccount Draw(int structureMax = 6) => new(
        "drawn",
        [.. Enumerable.Range(0, Random.Next(3)).Select(_ => DrawBalance())],
        [.. Shuffled(Enumerable.Range(0, Random.Next(structureMax + 1)).SelectMany(_ => DrawStructure()))]);

    /// <summary>A random subaccount of derivatives entered at their marks, without collateral.</summary>
    public Subaccount DrawLots() => new(
        "drawn",
        [],
        [
            .. Draw().Positions.Where(own => own.Instrument is not Spot).Select(own => Hold(own.Instrument, own.Lots)),
        ]);

    public static Position Hold(Instrument instrument, Int128 lots, decimal? entryPriceUsd = null) =>
        new(instrument, lots, [new PositionEntry(lots, entryPriceUsd)]);

    public static Subaccount Merge(Subaccount left, Subaccount right) =>
        new(left.Id, [.. left.Collateral, .. right.Collateral], [.. left.Positions, .. right.Positions]);

    public static Subaccount Times(Subaccount subaccount, int factor) => subaccount with
    {
        Collateral = [.. subaccount.Collateral.Select(balance => balance with { Units = balance.Units * factor })],
        Positions =
        [
            .. subaccount.Positions.Select(position => new Position(
                position.Instrument,
                position.Lots * factor,
                [.. position.Entries.Select(entry => entry with { Lots = entry.Lots * factor })])),
        ],
    };

    public static Subaccount Opposite(Subaccount subaccount) => Times(subaccount with { Collateral = [] }, -1);

    public T Pick<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    public int Next(int low, int high) => Random.Next(low, high);

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        Random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>So many lots of an instrument, of spot a seventh coin each, entered at the mark or anywhere.</summary>
    protected Position DrawPosition(Instrument instrument, Int128 lots)
    {
        if (instrument is Spot)
        {
            Int128 coin = DecimalParts.PowerOfTen(Parameters.Find(instrument.Underlying)!.TokenDecimals);
            return Hold(instrument, (lots * coin / 7) + Random.Next(1000));
        }

        decimal? price = instrument is VanillaOption || Random.Next(2) == 0
            ? null
            : Math.Round((decimal)(20_000 + (100_000 * Random.NextDouble())), Random.Next(0, 4));
        return Hold(instrument, lots, price);
    }

    protected Int128 DrawSize() => Random.Next(4) switch
    {
        0 => Random.Next(-3, 4),
        1 => Random.NextInt64(-(1L << 34), 1L << 34),
        _ => Random.Next(-5_000, 5_000),
    };

    private CollateralBalance DrawBalance()
    {
        BridgeClass bridge = Pick(Enum.GetValues<BridgeClass>());
        return Random.Next(3) switch
        {
            0 => new(AssetId.Numeraire, Random.NextInt64(0, 1L << 50), string.Empty, BridgeClass.Native),
            1 => new(Btc, Random.NextInt64(0, 1L << 40), "side", bridge),
            _ => new(Eth, (Int128)Random.NextInt64(0, 1L << 50) * 100_003, "side", bridge),
        };
    }
}
