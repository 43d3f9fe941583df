using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Tests.Collateral;

/// <summary>Haircuts through recorded depegs (docs/methodology/haircuts.md); nothing is read ahead.</summary>
public sealed class RecordedDepegTests
{
    private const string Prices = "data/collateral_usd_prices_1h_2021_2023.csv.gz";

    private static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    [Fact]
    public void The_haircut_of_usdc_rises_before_its_peg_is_lost_and_meets_its_bound()
    {
        ImmutableArray<HaircutPoint> path = PathOf(
            "USDC", ["data/uniswap_v3_usdc_usdt_pool_1h.csv.gz", "data/usdc_usd_depeg_15m_2023-03.csv"],
            "2023-03-10T00:00:00Z", "2023-03-11T12:00:00Z");
        HaircutPoint lost = path.First(point => point.PegRatio < 0.99);
        HaircutPoint before = path.Last(point => point.At < lost.At);
        Assert.True(before.InEffectNano > path[0].InEffectNano + 10_000_000, $"{before}");
        Assert.InRange(path[^1].Computed.AssetNano, 150_000_000, 150_000_000);
    }

    [Fact]
    public void The_haircut_of_ust_is_over_a_third_when_it_trades_at_88_cents()
    {
        ImmutableArray<HaircutPoint> path = PathOf("UST", [Prices], "2022-05-07T00:00:00Z", "2022-05-10T12:00:00Z");
        HaircutPoint point = path.First(own => own.PriceUsd < 0.9);
        Assert.True(point.InEffectNano > 1 - point.PriceUsd, $"{point}");
        Assert.True(path.Max(static own => own.InEffectNano) > 850_000_000);
    }

    [Fact]
    public void A_path_does_not_depend_on_what_comes_after_it()
    {
        ImmutableArray<HaircutPoint> whole = PathOf("UST", [Prices], "2022-05-09T00:00:00Z", "2022-05-10T12:00:00Z");
        ImmutableArray<HaircutPoint> part = PathOf("UST", [Prices], "2022-05-09T00:00:00Z", "2022-05-09T22:00:00Z");
        Assert.Equal(whole[..part.Length], part);
    }

    private static ImmutableArray<HaircutPoint> PathOf(string asset, string[] files, string from, string to)
    {
        Timestamp end = Timestamp.Parse(to);
        MarketFileSelection selection = new(
            [], [.. files.Select(file => new AssetFile(AssetId.Of(asset), SharedFolder.Require(file)))], [], [], []);
        SnapshotOutcome outcome = MarketFiles.Load(selection, end).Value;
        UnderlyingMarket market = Assert.IsType<SnapshotOutcome.Usable>(outcome).Market.Underlyings[0];
        HaircutSubject subject = new(market, PriceHistory.Empty, false, 1_000_000_000_000);
        return HaircutPath.Of(subject, Timestamp.Parse(from), end, Timestamp.HourMilliseconds, Parameters);
    }
}
