using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Books;

/// <summary>A market with terms of every kind, deep and thin, and random accounts that the lines of a book may know.
/// </summary>
internal sealed class LineMarket
{
    private const long Nano = 1_000_000_000;

    private readonly LawMarket _market;
    private readonly Random _random;

    public LineMarket(int seed)
    {
        _random = new Random(seed);
        _market = seed % 2 == 0 ? new PricedMarket(seed) : new SyntheticMarket(seed);
        Arrays = Changed(ChargedMarket.Of(_market.Arrays, seed));
    }

    public RiskArrays Arrays { get; }

    /// <summary>A random account; one in eight may hold what the lines do not know.</summary>
    public Subaccount Draw()
    {
        Subaccount drawn = _market.Draw(8);
        if (_random.Next(8) == 0) return drawn;
        return new Subaccount(
            drawn.Id,
            [.. drawn.Collateral.Where(static own => own.Asset == AssetId.Numeraire)],
            [.. drawn.Positions.Where(static own => own.Instrument is not Spot).Select(Scaled)]);
    }

    /// <summary>A random account with everything that can be held: coin as collateral, coin owed, gains of inverse
    /// contracts at average prices of twelve decimals, cash owed.</summary>
    public Subaccount DrawWithCoin()
    {
        Subaccount drawn = _market.Draw(8);
        return new Subaccount(
            drawn.Id,
            [
                .. drawn.Collateral,
                .. _random.Next(4) == 0
                    ? (CollateralBalance[])[new(AssetId.Numeraire, -_random.Next(), string.Empty, BridgeClass.Native)]
                    : [],
            ],
            [.. drawn.Positions.Select(own => own.Instrument is Spot ? own : Scaled(own, keepsInverse: true))]);
    }

    /// <summary>Multipliers and memory, or none.</summary>
    public MarginContext DrawContext() => _random.Next(3) == 0
        ? MarginContext.Neutral
        : new MarginContext(
            MarginMultipliers.Of(
                1m + (_random.Next(0, 500) / 1000m), 1m + (_random.Next(0, 25) / 100m),
                _random.Next(2) == 0 ? 1m : 1.25m,
                LawMarket.Parameters.AddOns).Value,
            _random.Next(2) == 0 ? Nano : _random.NextInt64(0, 2 * Nano));

    /// <summary>An account in integers; <c>null</c> if it is refused.</summary>
    public MarginAccount? Admit(Subaccount drawn)
    {
        Subaccount netted = SubaccountNetting.Net(drawn);
        return MarginAdmission.Check(netted, Arrays, LawMarket.Parameters).IsEmpty
            ? MarginAccount.Of(
                netted, Arrays, LawMarket.Parameters, Breakwater.Collateral.ProtocolHoldings.Neutral)
            : null;
    }

    private Position Scaled(Position own) => Scaled(own, keepsInverse: false);

    // Smaller sizes for most; gains of inverse contracts if they may be.
    private Position Scaled(Position own, bool keepsInverse)
    {
        Int128 lots = _random.Next(3) switch
        {
            0 => own.Lots,
            1 => own.Lots % 50,
            _ => own.Lots % 100_000,
        };
        bool isLinear = own.Instrument is Perpetual { Settlement: Settlement.Linear }
            or DatedFuture { Settlement: Settlement.Linear };
        decimal? price = isLinear || (keepsInverse && own.Instrument is not VanillaOption)
            ? own.Entries[0].EntryPriceUsd
            : null;
        decimal? average = _random.Next(2) == 0 || price is null ? price : Math.Round(price.Value / 7m, 12);
        return new Position(own.Instrument, lots, [new PositionEntry(lots, average)]);
    }

    private RiskArrays Changed(RiskArrays arrays)
    {
        List<long> entries = [];
        for (int row = 0; row < arrays.Rows.Length; row++)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                entries.AddRange(arrays.Entries(row, horizon, time));
            }
        }

        ImmutableArray<RiskRow> rows = [.. arrays.Rows.Select(Changed)];
        return new RiskArrays(
            rows, [.. arrays.Assets.Select(Changed)], arrays.Scenarios, [.. entries], arrays.Findings);
    }

    // Options about to expire, negative sizes, and minima that exceed every scenario.
    private RiskRow Changed(RiskRow row) => row.Instrument is not VanillaOption ? row : row with
    {
        PinMaintenanceMicroUsd = _random.Next(3) == 0 ? _random.NextInt64(0, 1L << 33) : 0,
        PinInitialMicroUsd = _random.Next(3) == 0 ? _random.NextInt64(0, 1L << 33) : 0,
        MinimumBaseMicroUsd = row.MinimumBaseMicroUsd * (_random.Next(4) == 0 ? 1000 : 1),
        Closing = _random.Next(2) == 0
            ? row.Closing
            : new ClosingSize(
                _random.NextInt64(-200_000_000_000, 200_000_000_000),
                _random.NextInt64(-40_000_000_000, 40_000_000_000)),
    };

    private AssetTerms Changed(AssetTerms terms)
    {
        if (_random.Next(12) == 0) return terms with { Liquidity = null };
        LiquidityTerms liquidity = terms.Liquidity!;
        int thinner = _random.Next(3) == 0 ? _random.Next(1, 1_000_000) : 1;
        ImmutableArray<DepthTerms> profile = _random.Next(3) switch
        {
            0 => [],
            1 => [.. liquidity.Profile, new DepthTerms(Nano / 10, liquidity.Profile[^1].CumulativeMicroUsd)],
            _ => liquidity.Profile,
        };
        return terms with
        {
            Liquidity = liquidity with
            {
                VolumeDailyMicroUsd = Math.Max(1, liquidity.VolumeDailyMicroUsd / thinner),
                Profile =
                [
                    .. profile.Select(own => own with { CumulativeMicroUsd = own.CumulativeMicroUsd / thinner }),
                ],
            },
            CalmnessNano = _random.Next(4) == 0 ? 0 : terms.CalmnessNano,
            Flow = _random.Next(4) == 0 ? FlowTerms.Neutral : terms.Flow,
        };
    }
}
