using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;

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

    private RecordedMarkets(
        MarketFileSelection files, MarketObservations prices, ImmutableArray<Timestamp> chains, long everyMilliseconds)
    {
        _files = files;
        _prices = prices;
        _chains = chains;
        _everyMilliseconds = everyMilliseconds;
    }

    /// <summary>Reads the files, or says why not.</summary>
    public static Result<RecordedMarkets> Read(ReplayRequest request)
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
            new RecordedMarkets(request.Files, prices, chains, request.EveryMilliseconds));
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

        return SnapshotAssembly.Build(seen);
    }
}
