using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;

namespace Breakwater.Revaluation;

/// <summary>Per-lot P&amp;L of every instrument in every scenario of both sets at both times: the fixed-point
/// line.</summary>
/// <remarks>
/// An entry is e = floor(P&amp;L per lot) in micro-dollars (<see cref="RiskArray.Quantize"/>). A long lot earns e, a
/// short lot −(e + 1): against the account by at most one micro-dollar per lot (RELIABILITY 3). Scenario 0 in frozen
/// time is exactly zero. Everything right of here is integer arithmetic.
/// </remarks>
public sealed record RiskArrays
{
    /// <summary>Greatest magnitude of an entry, exclusive: sums stay exact in the lanes of doubles (PERFORMANCE 2.6).
    /// </summary>
    public const long EntryLimit = 1L << 53;

    private const int TimesPerHorizon = 2;

    private readonly ImmutableArray<RowEntries> _entries;

    /// <summary>Joins rows and entries.</summary>
    /// <param name="rows">Rows in order of instrument name, no two alike.</param>
    /// <param name="assets">Terms of every asset of the rows, in order of asset.</param>
    /// <param name="scenarios">Both sets; of one count.</param>
    /// <param name="entries">[row × horizon × time × scenario], row-major, micro-dollars.</param>
    /// <param name="findings">Imperfections met while valuing, in canonical order.</param>
    /// <exception cref="ArgumentException">Counts differ or rows are not in order.</exception>
    public RiskArrays(
        ImmutableArray<RiskRow> rows,
        ImmutableArray<AssetTerms> assets,
        ScenarioSets scenarios,
        ImmutableArray<long> entries,
        ImmutableArray<Finding> findings)
        : this(rows, assets, scenarios, RowEntries.Of(entries, rows.Length), findings)
    {
        int entryCount =
            Offset(rows.Length, MarginHorizon.Maintenance, RevaluationTime.Frozen, scenarios.Maintenance.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(entries.Length, entryCount);
    }

    private RiskArrays(
        ImmutableArray<RiskRow> rows,
        ImmutableArray<AssetTerms> assets,
        ScenarioSets scenarios,
        ImmutableArray<RowEntries> entries,
        ImmutableArray<Finding> findings)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scenarios.Initial.Count, scenarios.Maintenance.Count);
        for (int row = 1; row < rows.Length; row++)
        {
            if (rows[row - 1].Instrument.CompareTo(rows[row].Instrument) >= 0)
            {
                throw new ArgumentException($"row {rows[row].Instrument} does not follow {rows[row - 1].Instrument}");
            }
        }

        Rows = rows;
        Assets = assets;
        Scenarios = scenarios;
        Findings = findings;
        _entries = entries;
    }

    /// <summary>Rows in order of instrument name; includes spot of every underlying of another row.</summary>
    public ImmutableArray<RiskRow> Rows { get; }

    /// <summary>Terms of every asset of the rows, in order of asset.</summary>
    public ImmutableArray<AssetTerms> Assets { get; }

    /// <summary>The scenario sets: ids, labels, weights and dampening of the columns.</summary>
    public ScenarioSets Scenarios { get; }

    /// <summary>Imperfections met while valuing: missing marks, unknown funding, expiries outside the quoted ones.
    /// </summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Number of scenarios: columns.</summary>
    public int ScenarioCount => Scenarios.Maintenance.Count;

    /// <summary>Entries of one row: [scenario], micro-dollars of profit of one long lot, rounded down.</summary>
    /// <param name="rowIndex">Index in <see cref="Rows"/>.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    public ReadOnlySpan<long> Entries(int rowIndex, MarginHorizon horizon, RevaluationTime time) =>
        _entries[rowIndex].Of(horizon, time, ScenarioCount);

    /// <summary>The same entries with other terms: what an account would be asked for if a term were another.</summary>
    /// <param name="row">What becomes of a row; its instrument stays.</param>
    /// <param name="terms">What becomes of the terms of an asset; the asset stays.</param>
    public RiskArrays With(Func<RiskRow, RiskRow> row, Func<AssetTerms, AssetTerms> terms) =>
        new([.. Rows.Select(row)], [.. Assets.Select(terms)], Scenarios, _entries, Findings);

    /// <summary>Arrays of several assets as one; entries are shared, not copied.</summary>
    /// <param name="parts">By asset: its arrays, made with the same scenario sets. Of each part only the rows and terms
    /// of its asset are taken; they are the same in every part that has them.</param>
    /// <param name="scenarios">Those sets.</param>
    internal static RiskArrays Join(ImmutableArray<(AssetId Asset, RiskArrays Arrays)> parts, ScenarioSets scenarios)
    {
        SortedDictionary<Instrument, (RiskRow Row, RowEntries Entries)> rows = [];
        foreach ((AssetId asset, RiskArrays own) in parts)
        {
            for (int row = 0; row < own.Rows.Length; row++)
            {
                if (own.Rows[row].Instrument.Underlying == asset)
                {
                    rows.Add(own.Rows[row].Instrument, (own.Rows[row], own._entries[row]));
                }
            }
        }

        return new RiskArrays(
            [.. rows.Values.Select(static own => own.Row)],
            [.. parts.SelectMany(own => own.Arrays.Assets.Where(terms => terms.Asset == own.Asset))],
            scenarios,
            [.. rows.Values.Select(static own => own.Entries)],
            [.. parts.SelectMany(static own => own.Arrays.Findings)]);
    }

    /// <summary>Row of an instrument; −1 if there is none.</summary>
    public int IndexOf(Instrument instrument)
    {
        int low = 0;
        int high = Rows.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = Rows[middle].Instrument.CompareTo(instrument);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    /// <summary>Terms of an asset; <c>null</c> if no row is about it.</summary>
    public AssetTerms? TermsOf(AssetId asset)
    {
        foreach (AssetTerms terms in Assets)
        {
            if (terms.Asset == asset) return terms;
        }

        return null;
    }

    /// <summary>Place of a row's first entry in the flat array of all entries.</summary>
    /// <param name="rowIndex">Index of the row.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    /// <param name="scenarioCount">Scenarios of a set.</param>
    internal static int Offset(int rowIndex, MarginHorizon horizon, RevaluationTime time, int scenarioCount) =>
        ((((rowIndex * 2) + (int)horizon) * TimesPerHorizon) + (int)time) * scenarioCount;
}

/// <summary>Where the entries of one row stand among those that were made with it.</summary>
/// <param name="All">[row × horizon × time × scenario] entries of every row made together.</param>
/// <param name="Index">Index of the row among them.</param>
internal readonly record struct RowEntries(ImmutableArray<long> All, int Index)
{
    /// <summary>Places of rows that were made together.</summary>
    /// <param name="all">Their entries.</param>
    /// <param name="rowCount">How many.</param>
    internal static ImmutableArray<RowEntries> Of(ImmutableArray<long> all, int rowCount) =>
        [.. Enumerable.Range(0, rowCount).Select(index => new RowEntries(all, index))];

    /// <summary>[scenario] entries of one horizon and time.</summary>
    internal ReadOnlySpan<long> Of(MarginHorizon horizon, RevaluationTime time, int scenarioCount) =>
        All.AsSpan().Slice(RiskArrays.Offset(Index, horizon, time, scenarioCount), scenarioCount);
}
