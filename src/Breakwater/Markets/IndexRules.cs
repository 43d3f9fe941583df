using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>A source that an index listens to, and how much.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Weight">Its weight beside the others, such as its volume; finite, &gt; 0.</param>
public readonly record struct SourceWeight(string Source, double Weight);

/// <summary>The sources of an index, and the limits that each of them is held to (docs/adr/0091).</summary>
public sealed record IndexRules
{
    /// <summary>Fewest sources an index is made of: of two, nobody knows which one is wrong (RELIABILITY
    /// T-I4).</summary>
    public const int SourceCountMin = 3;

    /// <summary>Age from which what a source said is not used, milliseconds (RELIABILITY P6: 60 s for
    /// margin).</summary>
    public const long AgeMillisecondsMax = SnapshotAssembly.StaleMilliseconds;

    /// <summary>How far a source's clock may be ahead of ours, milliseconds (RELIABILITY T-I3).</summary>
    public const long SkewMillisecondsMax = 2_000;

    /// <summary>Widest spread whose middle is a price, fraction of the middle (RELIABILITY P6: 2 %).</summary>
    public const double SpreadFractionMax = 0.02;

    /// <summary>A source this near to the median of all is never left out, fraction. RELIABILITY D04 lets an index move
    /// by 0.5 %; marks of one instant differ by up to 0.4 % in recorded sweeps.</summary>
    public const double OutlierFractionMin = 0.005;

    /// <summary>A source further from the median than this is always left out, fraction: two sources at this distance
    /// on either side disagree by the 2 % that halt a market (METHODOLOGY 2.4).</summary>
    public const double OutlierFractionMax = 0.01;

    /// <summary>Distance from the median that makes an outlier, in deviations. Source: Leys, Ley, Klein, Bernard and
    /// Licata (2013), J. Experimental Social Psychology 49, 764–766: 3 is the careful choice.</summary>
    public const double OutlierDeviations = 3d;

    /// <summary>Deviations of a normal sample in its median absolute deviation: 1/Φ⁻¹(3/4).</summary>
    public const double DeviationsPerMedianDeviation = 1.482602218505602;

    /// <summary>Greatest share of one source. Below one half no source alone moves a weighted median out of the range
    /// of the others; above one third three sources suffice.</summary>
    public const double WeightShareMax = 0.4;

    /// <summary>Move of the index from one value to the next that only allows what lowers risk, fraction: beyond the
    /// greatest recorded one of 10 s (4.7 %, ETH on 2025-10-10; docs/adr/0091).</summary>
    public const double JumpFractionMax = 0.05;

    /// <summary>Good values in a row that end a worse mode (RELIABILITY 2.5: not one).</summary>
    public const int RecoveryCount = 5;

    private const int SourceCountMax = 64;

    private IndexRules(ImmutableArray<SourceWeight> sources) => Sources = sources;

    /// <summary>The sources, in ordinal order of their names, at least three.</summary>
    public ImmutableArray<SourceWeight> Sources { get; }

    /// <summary>Rules of an index.</summary>
    /// <param name="sources">Its sources with their weights, in any order.</param>
    /// <returns>The rules, or every reason why there are none: fewer than three sources or over 64, a name twice or
    /// empty, a weight that is not finite and positive.</returns>
    public static Result<IndexRules> Of(ImmutableArray<SourceWeight> sources)
    {
        List<Failure> failures = [];
        if (sources.Length is < SourceCountMin or > SourceCountMax)
        {
            failures.Add(new Failure(
                FailureReason.OutOfRange, "an index needs several sources", Place: "sources",
                Value: $"{sources.Length}", Limit: $"[{SourceCountMin}, {SourceCountMax}]"));
        }

        SortedDictionary<string, SourceWeight> byName = new(StringComparer.Ordinal);
        foreach (SourceWeight source in sources)
        {
            if (string.IsNullOrEmpty(source.Source) || !byName.TryAdd(source.Source, source))
            {
                failures.Add(new Failure(
                    FailureReason.Duplicate, "a source of an index has no name of its own", Place: "sources",
                    Value: source.Source ?? string.Empty, Limit: "each name once"));
            }

            if (!(double.IsFinite(source.Weight) && source.Weight > 0d))
            {
                failures.Add(new Failure(
                    FailureReason.OutOfRange, "the weight of a source is not positive", Place: "sources",
                    Value: source.Source ?? string.Empty, Limit: "> 0"));
            }
        }

        return failures.Count > 0
            ? Result<IndexRules>.Refused(failures)
            : Result<IndexRules>.Accepted(new IndexRules([.. byName.Values]));
    }

    /// <summary>Position of a source in <see cref="Sources"/>; −1 if the index does not listen to it.</summary>
    /// <param name="source">Name of the source.</param>
    public int IndexOf(string source)
    {
        for (int index = 0; index < Sources.Length; index++)
        {
            if (Sources[index].Source == source)
            {
                return index;
            }
        }

        return -1;
    }
}
