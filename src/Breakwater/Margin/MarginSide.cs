using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.AddOns;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>One amount of one side.</summary>
/// <param name="Name">Name of the line.</param>
/// <param name="Amount">Its amount.</param>
internal readonly record struct SideLine(string Name, Money Amount);

/// <summary>One side of the requirement, maintenance or initial, before the rules that compare the two (METHODOLOGY
/// 4.3).</summary>
/// <param name="Lines">Lines up to the short-option minimum, in order.</param>
/// <param name="Parts">What lines are made of, by line, underlying and name.</param>
/// <param name="Cores">Cores by underlying.</param>
/// <param name="Multipliers">Multipliers of the core.</param>
/// <param name="Charges">[book] what closing costs, in order of <paramref name="Books"/>.</param>
/// <param name="Books">Net sensitivities by underlying.</param>
internal sealed record MarginSide(
    ImmutableArray<SideLine> Lines,
    ImmutableSortedDictionary<MarginPartKey, Money> Parts,
    UnderlyingCores Cores,
    MultiplierProduct Multipliers,
    ImmutableArray<LiquidityCharge> Charges,
    ImmutableArray<UnderlyingBook> Books)
{
    /// <summary>Sum of the lines.</summary>
    internal Money Total => Lines.Aggregate(Money.Zero, static (sum, line) => sum + line.Amount);

    /// <summary>One side of an account.</summary>
    /// <param name="account">The account in integers.</param>
    /// <param name="context">Multipliers from elsewhere.</param>
    /// <param name="horizon">Which side.</param>
    /// <param name="core">Its core.</param>
    /// <param name="filled">Multipliers if resting orders are to count as well; <c>null</c> to leave orders
    /// out.</param>
    internal static MarginSide Of(
        MarginAccount account, MarginContext context, MarginHorizon horizon, Money core,
        MultiplierProduct? filled = null) => Of(
        account, context, horizon, core, UnderlyingCores.Of(account, horizon, core, filled is not null), filled);

    /// <summary>The same where the cores of the underlyings are known.</summary>
    /// <param name="account">The account in integers.</param>
    /// <param name="context">Multipliers from elsewhere.</param>
    /// <param name="horizon">Which side.</param>
    /// <param name="core">Its core.</param>
    /// <param name="cores">Core of each underlying of the account.</param>
    /// <param name="filled">As above.</param>
    internal static MarginSide Of(
        MarginAccount account, MarginContext context, MarginHorizon horizon, Money core, UnderlyingCores cores,
        MultiplierProduct? filled = null)
    {
        MultiplierProduct multipliers = filled ?? MultiplierProduct.Of(account, cores, context);
        ImmutableArray<UnderlyingBook> books = UnderlyingBook.Of(account, filled is null ? [] : account.Orders);
        ImmutableArray<LiquidityCharge> charges = [.. books.Select(book => LiquidityCharge.Of(
            book, cores.Find(book.Terms.Asset), account.Parameters.Liquidity))];
        FemtoParts[] parts =
        [
            LiquidityParts(books, charges),
            PartsOf(MarginLines.Pin, books, book => PinCharge.Of(book, horizon)),
            PartsOf(MarginLines.Basis, books, book => BasisFloor.Of(
                book, HoursOf(account, book.Terms.Asset, horizon), account.Parameters.AddOns)),
            PartsOf(MarginLines.Flow, books, book => FlowCharge.Of(book, horizon)),
        ];
        ImmutableArray<SideLine> lines =
        [
            new SideLine(MarginLines.Core, core),
            new SideLine(MarginLines.Multipliers, multipliers.Excess(core)),
            new SideLine(MarginLines.Buffer, multipliers.Buffer(core, account.Parameters.AddOns.BufferFraction)),
            new SideLine(MarginLines.Diversification, cores.DiversificationExcess(core, account.Parameters)),
            .. parts.Select(static part => new SideLine(part.Line, part.Total)),
        ];
        Money sum = lines.Aggregate(Money.Zero, static (total, line) => total + line.Amount);
        Money least = ShortOptions(account, horizon, filled is not null);
        return new MarginSide(
            lines.Add(new SideLine(MarginLines.ShortOption, Money.Max(Money.Zero, least - sum))),
            parts.SelectMany(static part => part.Split()).ToImmutableSortedDictionary(),
            cores, multipliers, charges, books);
    }

    private static FemtoParts LiquidityParts(
        ImmutableArray<UnderlyingBook> books, ImmutableArray<LiquidityCharge> charges)
    {
        FemtoParts parts = new(MarginLines.Liquidity);
        for (int index = 0; index < books.Length; index++)
        {
            AssetId asset = books[index].Terms.Asset;
            parts.Add("impact", asset, charges[index].ImpactFemto);
            parts.Add("longer horizon", asset, charges[index].HorizonFemto);
            parts.Add("vega", asset, charges[index].VegaFemto);
        }

        return parts;
    }

    private static FemtoParts PartsOf(
        string line, ImmutableArray<UnderlyingBook> books, Func<UnderlyingBook, BigInteger> charge)
    {
        FemtoParts parts = new(line);
        foreach (UnderlyingBook book in books)
        {
            parts.Add(string.Empty, book.Terms.Asset, charge(book));
        }

        return parts;
    }

    private static int HoursOf(MarginAccount account, AssetId asset, MarginHorizon horizon)
    {
        ScenarioSet set = horizon == MarginHorizon.Maintenance
            ? account.Arrays.Scenarios.Maintenance
            : account.Arrays.Scenarios.Initial;
        int index = set.IndexOf(asset);
        return index < 0 ? set.HorizonHours.Max() : set.HorizonHours[index];
    }

    // Fills that sell: they alone can leave an option short.
    private static Money ShortOptions(MarginAccount account, MarginHorizon horizon, bool withOrders)
    {
        ImmutableArray<Position> positions = account.Netted.Positions;
        if (withOrders)
        {
            positions = SubaccountNetting.Net(account.Netted with
            {
                Positions =
                [
                    .. positions,
                    .. account.Orders.Where(order => order.Order.Lots < 0).Select(order => new Position(
                        order.Order.Instrument, order.Order.Lots, [new PositionEntry(order.Order.Lots, null)])),
                ],
            }).Positions;
        }

        MarginParameters parameters = account.Parameters.Margin;
        return ShortOptionMinimum.Of(
            positions,
            account.Arrays,
            horizon == MarginHorizon.Maintenance
                ? parameters.ShortOptionMinimumMaintenanceFraction
                : parameters.ShortOptionMinimumInitialFraction,
            parameters.ShortOptionMinimumGrossFloorFraction);
    }
}
