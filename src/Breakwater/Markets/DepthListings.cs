using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Tells order books apart: a book published twice is counted once (METHODOLOGY 12, row 6).</summary>
internal static class DepthListings
{
    /// <summary>Series without those that publish the book of an earlier one; of two the longer is kept.</summary>
    /// <remarks>Two series are of one book if they share at least half of the shorter one's times and agree at all of
    /// them: independent books do not rest the same dollars at every distance.</remarks>
    /// <param name="asset">The asset.</param>
    /// <param name="series">Series in order of argument.</param>
    /// <param name="findings">Takes one finding per series left out.</param>
    internal static ImmutableArray<DepthSeries> Distinct(
        AssetId asset, ImmutableArray<DepthSeries> series, List<Finding> findings)
    {
        List<DepthSeries> kept = [];
        foreach (DepthSeries candidate in series.OrderByDescending(own => own.Samples.Length))
        {
            if (kept.Find(own => IsSameBook(own, candidate)) is { } same)
            {
                findings.Add(new Finding(
                    FindingKind.RejectedQuote, asset.Name,
                    $"depth of {candidate.Source} is that of {same.Source}, published twice: counted once"));
            }
            else
            {
                kept.Add(candidate);
            }
        }

        return [.. kept];
    }

    private static bool IsSameBook(DepthSeries longer, DepthSeries shorter)
    {
        int shared = 0;
        int position = 0;
        foreach (DepthSample sample in shorter.Samples)
        {
            while (position < longer.Samples.Length && longer.Samples[position].At < sample.At)
            {
                position++;
            }

            if (position < longer.Samples.Length && longer.Samples[position].At == sample.At)
            {
                shared++;
                if (!IsSame(longer.Samples[position], sample))
                {
                    return false;
                }
            }
        }

        return shared > 0 && 2 * shared >= shorter.Samples.Length;
    }

    private static bool IsSame(DepthSample one, DepthSample other) =>
        one.Bids.SequenceEqual(other.Bids) && one.Asks.SequenceEqual(other.Asks);
}
