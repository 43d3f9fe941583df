using System.Runtime.InteropServices;
using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Cli.Market;

/// <summary>Fills the units of a revaluation plan on several threads: each unit writes its own entries, so that every
/// number of threads gives the same bits (M6).</summary>
internal static class ThreadedRevaluation
{
    /// <summary>Risk arrays of a prepared plan, or the first refusal in order of unit.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="threadCount">Threads that work at once; ≥ 1.</param>
    public static Result<RiskArrays> Run(RevaluationPlan plan, int threadCount)
    {
        long[] entries = new long[plan.EntryCount];
        Failure?[] failures = new Failure?[plan.UnitCount];
        Parallel.For(
            0, plan.UnitCount, new ParallelOptions { MaxDegreeOfParallelism = threadCount },
            unit => failures[unit] = FullRevaluation.Fill(plan, unit, entries));
        return failures.FirstOrDefault(failure => failure is not null) is { } first
            ? Result<RiskArrays>.Refused(first)
            : Result<RiskArrays>.Accepted(
                FullRevaluation.Assemble(plan, ImmutableCollectionsMarshal.AsImmutableArray(entries)));
    }
}
