using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Cli.Replays;

/// <summary>Markets of any instant of a recorded time, from files that are read once.</summary>
/// <remarks>A chain counts at the first instant after it; between chains a market is valued at the newest close,
/// without quotes. Only an instant that has a chain reads files again.</remarks>
internal sealed class RecordedMarkets
{
    private readonly MarketFileSelection _files;
    private readonly MarketObservations _prices;
    private readonly ImmutableArray<Timestamp> _chains;
    private readonly long _everyMilliseconds;
    private readonly RiskParameters _parameters;

    private RecordedMarkets(
        MarketFileSelection files, MarketObservations prices, ImmutableArray<Timestamp> chains, long everyMilliseconds,
        RiskParameters parameters)
    {
        _files = files;
        _prices = prices;
        _chains = chains;
        _everyMilliseconds = everyMilliseconds;
        _parameters = parameters;
    }

    /// <summary>Reads the files, or says why not.</summary>
    /// <param name="request">The files and the times.</param>
    /// <param name="parameters">Which assets are collateral.</param>
    public static Result<RecordedMarkets> Read(ReplayRequest request, RiskParameters parameters)
    {
        Result<MarketObservations> whole = MarketFiles.Read(request.Files, request.To);
        if (!whole.IsAccepted)
        {
            return Result<RecordedMarkets>.Refused(whole.Failures);
        }

        ImmutableArray<Timestamp> chains =
        [
            .. whole.Value.Underlyings
                .SelectMany(seen => seen.EarlierIndexes.Select(point => point.At)
                    .Concat(seen.Chain is { } chain ? [chain.At] : []))
                .Order(),
        ];
        MarketObservations prices = whole.Value with
        {
            Underlyings = [.. whole.Value.Underlyings.Select(seen => seen with { Chain = null })],
        };
        return Result<RecordedMarkets>.Accepted(
            new RecordedMarkets(request.Files, prices, chains, request.EveryMilliseconds, parameters));
    }

    /// <summary>The market as it was known at an instant.</summary>
    public SnapshotOutcome At(Timestamp at)
    {
        bool hasChain = _chains.Any(own => own <= at && at.MillisecondsSince(own) < _everyMilliseconds);
        MarketObservations seen = _prices with { AtRequested = at };
        if (hasChain && MarketFiles.Read(_files, at) is { IsAccepted: true } read)
        {
            seen = read.Value;
        }

        SnapshotOutcome outcome = SnapshotAssembly.Build(seen);
        return outcome is SnapshotOutcome.Usable usable
            ? new SnapshotOutcome.Usable(CollateralMarkets.Separate(usable.Market, _parameters))
            : outcome;
    }
}
