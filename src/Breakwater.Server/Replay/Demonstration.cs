using Breakwater.Server.Loop;

namespace Breakwater.Server.Replay;

/// <summary>A recorded market with a population that trades in it, if one is asked for: opened before the market is
/// seen and built before its time passes, so that it begins with whole books.</summary>
internal static class Demonstration
{
    /// <summary>Runs until it is ended.</summary>
    /// <param name="replay">The recorded market.</param>
    /// <param name="request">How many trade, and how fast time passes.</param>
    /// <param name="served">The server.</param>
    internal static async Task RunAsync(RecordedReplay replay, ServeRequest request, Served served)
    {
        (EngineHost engine, FeedBoard feeds, CancellationToken ending) = (served.Engine, served.Feeds, served.Ending);
        double speed = request.Speed;
        using Population? population = request.PopulationCount > 0
            ? new Population(
                engine, served.Address, served.VenueSecret, replay.FirstChains, request.PopulationCount, request.Seed)
            : null;
        try
        {
            if (population is null)
            {
                await replay.RunAsync(engine, feeds, speed, static _ => Task.CompletedTask, ending)
                    .ConfigureAwait(false);
                return;
            }

            await population.OpenAsync(ending).ConfigureAwait(false);
            TaskCompletionSource built = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task feeding = replay.RunAsync(
                engine, feeds, speed,
                async cancel =>
                {
                    await population.BuildAsync(cancel).ConfigureAwait(false);
                    built.SetResult();
                },
                ending);
            if (await Task.WhenAny(feeding, built.Task).ConfigureAwait(false) == built.Task)
            {
                await population.TradeAsync(ending).ConfigureAwait(false);
            }

            await feeding.ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or HttpRequestException)
        {
            // The server stops, or the engine has: its own words say why.
        }
    }
}
