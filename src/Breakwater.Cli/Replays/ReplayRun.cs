using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Accounts;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Cli.Replays;

/// <summary>A replay: the same portfolio at every instant, then the speed limit along them.</summary>
/// <param name="Marks">Instants by rising time.</param>
/// <param name="Parameters">Governed constants.</param>
/// <param name="SkippedCount">Instants without a usable market.</param>
internal sealed record ReplayRun(ImmutableArray<ReplayMark> Marks, RiskParameters Parameters, int SkippedCount)
{
    /// <summary>Runs it, or says why not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="progress">Told how far it is.</param>
    public static Result<ReplayRun> Of(ReplayRequest request, RiskParameters parameters, Progress progress)
    {
        string portfolioPath = request.PortfolioPath
            ?? throw new ArgumentException("a replay needs a portfolio", nameof(request));
        progress.Step("files");
        Result<RecordedMarkets> markets = RecordedMarkets.Read(request, parameters);
        if (!markets.IsAccepted)
        {
            return Result<ReplayRun>.Refused(markets.Failures);
        }

        ImmutableArray<Timestamp> instants = [.. request.Instants()];
        MarketSnapshot? first = instants.Select(at => markets.Value.At(at)).OfType<SnapshotOutcome.Usable>()
            .FirstOrDefault()?.Market;
        if (first is null)
        {
            return Result<ReplayRun>.Refused(new Failure(
                FailureReason.Inconsistent, "no instant of the replay has a price within 24 h",
                Value: $"{request.From} to {request.To}", Limit: "the times of the histories"));
        }

        Result<Subaccount> portfolio = PortfolioFile.Load(portfolioPath, first, parameters);
        if (!portfolio.IsAccepted)
        {
            return Result<ReplayRun>.Refused(portfolio.Failures);
        }

        ReplayValuation valuation = new(portfolio.Value, parameters, request.IsMaintenanceOnly);
        ImmutableArray<Failure> failures = [.. MarketOptions.Ungoverned(first, parameters)];
        return failures.IsEmpty
            ? Walk(request, markets.Value, valuation, instants, progress)
            : Result<ReplayRun>.Refused(failures);
    }

    private static Result<ReplayRun> Walk(
        ReplayRequest request, RecordedMarkets markets, ReplayValuation valuation, ImmutableArray<Timestamp> instants,
        Progress progress)
    {
        Result<ReplayStep>?[] steps = new Result<ReplayStep>?[instants.Length];
        int done = 0;
        Parallel.For(0, instants.Length, new ParallelOptions { MaxDegreeOfParallelism = request.ThreadCount }, index =>
        {
            if (markets.At(instants[index]) is SnapshotOutcome.Usable usable)
            {
                steps[index] = valuation.At(usable.Market, instants[index]);
            }

            int count = Interlocked.Increment(ref done);
            lock (progress)
            {
                progress.Step(FormattableString.Invariant($"{count} of {instants.Length} instants"));
            }
        });
        if (steps.FirstOrDefault(step => step is { IsAccepted: false }) is { } refused)
        {
            return Result<ReplayRun>.Refused(refused.Failures);
        }

        ImmutableArray<ReplayStep> valued = [.. steps.OfType<Result<ReplayStep>>().Select(step => step.Value)];
        return Result<ReplayRun>.Accepted(new ReplayRun(
            Remember(valued, valuation.Parameters), valuation.Parameters, instants.Length - valued.Length));
    }

    // The only part that has a past: what is in effect depends on what was.
    private static ImmutableArray<ReplayMark> Remember(ImmutableArray<ReplayStep> steps, RiskParameters parameters)
    {
        ImmutableArray<ReplayMark>.Builder marks = ImmutableArray.CreateBuilder<ReplayMark>(steps.Length);
        MarginMemory? memory = null;
        foreach (ReplayStep step in steps)
        {
            SpeedMode mode = step.ModeAt(parameters.AddOns.OverrideDeviations);
            memory = memory is null
                ? MarginMemory.Start(step.At, step.Computed.Maintenance)
                : SpeedLimit.Step(memory, step.At, step.Computed.Maintenance, mode, parameters.AddOns);
            marks.Add(new ReplayMark(
                step,
                mode,
                new Requirement(
                    memory.InEffect,
                    step.Computed.Initial is { } initial
                        ? SpeedLimit.InitialInEffect(initial, memory.InEffect, parameters.Margin)
                        : null),
                SpeedLimit.Scheduled(memory, parameters.AddOns)));
        }

        return marks.MoveToImmutable();
    }
}
