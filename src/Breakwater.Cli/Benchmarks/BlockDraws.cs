using System.Buffers.Binary;
using System.Diagnostics;
using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Points of block B, one public beacon after another.</summary>
internal sealed class BlockDraws
{
    private const int BeaconBytes = 32;

    private readonly MarketSnapshot _market;
    private readonly MarketForecast _forecast;
    private readonly SurfaceSet _surfaces;
    private readonly RiskParameters _parameters;

    /// <summary>Draws for the made-up market of a workload.</summary>
    /// <param name="workload">The workload.</param>
    public BlockDraws(Workload workload)
    {
        _parameters = ParameterFile.LoadNewestShipped().Value;
        _market = SnapshotAssembly.Build(new TickingMarket(workload).At(0, 0.0)) is SnapshotOutcome.Usable usable
            ? usable.Market
            : throw new UnreachableException("the made-up market is not usable");
        _forecast = VolatilityForecast.From(_market, _parameters);
        _surfaces = SurfaceCalibration.Fit(_market, _forecast, _parameters);
    }

    /// <summary>All points of the block over the maintenance horizon.</summary>
    /// <param name="draw">Which draw: every one has a beacon of its own.</param>
    public DrawnPoints Of(int draw)
    {
        byte[] beacon = new byte[BeaconBytes];
        BinaryPrimitives.WriteInt32LittleEndian(beacon, draw + 1);
        ScenarioSet set = ScenarioDesign.BuildMaintenance(_market, _surfaces, _forecast, _parameters, [.. beacon]);
        int[] points = [.. set.Scenarios.Where(own => own.Block == ScenarioBlock.B).Select(own => own.Id)];
        double[] Of(int underlying, RiskFactorKind kind) => [.. points.Select(id => set.Factor(id, underlying, kind))];
        return new DrawnPoints(
            [
                .. Enumerable.Range(0, Workload.UnderlyingCount).Select(underlying => new WorkloadShocks(
                    [.. Of(underlying, RiskFactorKind.SpotReturn)],
                    [.. Of(underlying, RiskFactorKind.VolatilityLevel)])),
            ],
            [.. points.Select(id => set.Scenarios[id].Weight)]);
    }
}
