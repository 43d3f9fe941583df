using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Change of a book's value by what moves one underlying, on a grid.</summary>
/// <param name="UnderlyingIndex">Index of the underlying.</param>
/// <param name="LastHour">Hour from which on the change stays: when these instruments have settled.</param>
/// <param name="ValuesUsd">[hour × level × spot] change since now, USD.</param>
internal sealed record FieldPart(int UnderlyingIndex, int LastHour, ImmutableArray<double> ValuesUsd);

/// <summary>Equity of an account as a function of where the market goes.</summary>
/// <remarks>
/// The value of every instrument depends on factors of its own underlying alone (METHODOLOGY 3.1), so equity is the sum
/// of parts by underlying; parts that settle on the way are kept apart, because they stay what they were at settlement.
/// Skew, smile and basis stand still along a path.
/// </remarks>
/// <param name="EquityUsd">Equity now.</param>
/// <param name="Axes">Points of the grid.</param>
/// <param name="FundingUsd">[hour of the axes] expected funding paid until then; ≥ 0.</param>
/// <param name="Parts">Parts by underlying and settlement.</param>
internal sealed record EquityField(
    double EquityUsd, FieldAxes Axes, ImmutableArray<double> FundingUsd, ImmutableArray<FieldPart> Parts)
{
    private const double MicroPerUsd = 1e6;

    /// <summary>The field of a book that moves in proportion to prices alone.</summary>
    /// <param name="equityUsd">Equity now, USD.</param>
    /// <param name="exposuresUsd">[underlying] change of equity per unit of simple return, USD.</param>
    /// <param name="hours">Hours of the longest path.</param>
    internal static EquityField Linear(double equityUsd, ReadOnlySpan<double> exposuresUsd, int hours)
    {
        FieldAxes axes = new([0.0], [0, hours]);
        ImmutableArray<FieldPart>.Builder parts = ImmutableArray.CreateBuilder<FieldPart>();
        for (int underlying = 0; underlying < exposuresUsd.Length; underlying++)
        {
            double[] values = new double[2 * FieldAxes.SpotCount];
            for (int place = 0; place < values.Length; place++)
            {
                values[place] = exposuresUsd[underlying]
                    * DeterministicMath.Expm1(FieldAxes.LogReturn(place % FieldAxes.SpotCount));
            }

            parts.Add(new FieldPart(underlying, int.MaxValue, [.. values]));
        }

        return new EquityField(equityUsd, axes, [0.0, 0.0], parts.ToImmutable());
    }

    /// <summary>The field of an account, by full revaluation at every point.</summary>
    /// <param name="book">The account, netted.</param>
    /// <param name="equityUsd">Its equity, USD.</param>
    /// <param name="market">The market.</param>
    /// <param name="hours">Hours of the longest path.</param>
    internal static EquityField Of(Subaccount book, double equityUsd, ExplainedMarket market, int hours)
    {
        Instrument[] instruments = [.. BookInstruments.Of(book)];
        FieldAxes axes = FieldAxes.Of(instruments, market.Market.At, hours);
        SortedDictionary<(int Underlying, int LastHour), double[]> parts = [];
        double[] funding = new double[axes.Hours.Length];
        for (int first = 0; first < axes.Hours.Length; first += 2)
        {
            int second = Math.Min(first + 1, axes.Hours.Length - 1);
            ScenarioSets sets = FieldScenarios.Of(market, axes.Levels, axes.Hours[first], axes.Hours[second]);
            ExplainedMarket moved = market with { Scenarios = sets };
            RiskArrays arrays = moved.Revalue(instruments);
            ImmutableArray<Exposure> exposures = PortfolioMargin.ExposuresOf(
                book, arrays, market.Parameters, market.Context.Protocol);
            Add(exposures, arrays, market, axes, (first, MarginHorizon.Maintenance), parts, funding);
            if (second > first) Add(exposures, arrays, market, axes, (second, MarginHorizon.Initial), parts, funding);
        }

        return new EquityField(
            equityUsd, axes, [.. funding],
            [.. parts.Select(part => new FieldPart(part.Key.Underlying, part.Key.LastHour, [.. part.Value]))]);
    }

    private static void Add(
        ImmutableArray<Exposure> exposures,
        RiskArrays arrays,
        ExplainedMarket market,
        FieldAxes axes,
        (int HourIndex, MarginHorizon Horizon) time,
        SortedDictionary<(int Underlying, int LastHour), double[]> parts,
        double[] funding)
    {
        RevaluationTime which = time.HourIndex == 0 ? RevaluationTime.Frozen : RevaluationTime.Advanced;
        foreach (Exposure exposure in exposures)
        {
            Int128 charge = time.Horizon == MarginHorizon.Maintenance
                ? exposure.FundingMaintenance
                : exposure.FundingInitial;
            funding[time.HourIndex] += time.HourIndex == 0 ? 0.0 : (double)charge / MicroPerUsd;
            foreach (ExposureLeg leg in exposure.Legs)
            {
                Instrument instrument = arrays.Rows[leg.RowIndex].Instrument;
                if (market.Parameters.MovedBy(instrument.Underlying) is not { } mover) continue; // no path moves it
                int underlying = market.Scenarios.Maintenance.IndexOf(mover);
                if (underlying < 0) continue; // likewise
                (int, int) key = (underlying, FieldAxes.SettlesAt(instrument, market.Market.At));
                if (!parts.TryGetValue(key, out double[]? values))
                {
                    values = new double[axes.Hours.Length * axes.Levels.Length * FieldAxes.SpotCount];
                    parts.Add(key, values);
                }

                AddLeg(leg, arrays.Entries(leg.RowIndex, time.Horizon, which), time.HourIndex, values);
            }
        }
    }

    private static void AddLeg(in ExposureLeg leg, ReadOnlySpan<long> entries, int hourIndex, double[] values)
    {
        double units = (double)leg.Down / (double)LegArithmetic.UnitOf(leg) / MicroPerUsd;
        Span<double> own = values.AsSpan(hourIndex * entries.Length, entries.Length);
        for (int place = 0; place < own.Length; place++)
        {
            own[place] += units * entries[place];
        }
    }
}
