using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>What the lines need to know of one underlying: made once per market.</summary>
internal sealed class UnderlyingConstants
{
    private const long RootScale = 1_000_000_000; // BasisFloor's own scale of √(hours ÷ 24)
    private const int HoursPerDay = 24;

    private UnderlyingConstants()
    {
    }

    /// <summary>Whether the lines know it.</summary>
    internal bool IsHere { get; private init; }

    /// <summary>Least share of its core that offsets leave: 1 − c_u.</summary>
    internal LineFraction Kept { get; private init; }

    /// <summary>m_flow, nano.</summary>
    internal long MultiplierNano { get; private init; }

    /// <summary>Calmness, nano.</summary>
    internal long CalmnessNano { get; private init; }

    /// <summary>Expected move over the maintenance horizon, signed nano.</summary>
    internal long DriftMaintenanceNano { get; private init; }

    /// <summary>Expected move over the initial horizon, signed nano.</summary>
    internal long DriftInitialNano { get; private init; }

    /// <summary>√(hours ÷ 24) of the maintenance horizon, nano, rounded down.</summary>
    internal ulong RootMaintenance { get; private init; }

    /// <summary>√(hours ÷ 24) of the initial horizon, nano, rounded down.</summary>
    internal ulong RootInitial { get; private init; }

    /// <summary>What closing costs; <c>null</c>: nothing.</summary>
    internal ClosingConstants? Closing { get; private init; }

    /// <summary>Its index, micro-dollars; 0 where it is not here.</summary>
    internal long IndexMicroUsd { get; private init; }

    /// <summary>Constants of an underlying.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="parameters">Governed constants.</param>
    internal static UnderlyingConstants Of(AssetId asset, RiskArrays arrays, RiskParameters parameters)
    {
        UnderlyingParameters? governed = parameters.Find(asset);
        if (arrays.TermsOf(asset) is not { } terms || governed is null)
        {
            return new UnderlyingConstants();
        }

        decimal offset = governed.RiskClass == 1
            ? parameters.AddOns.OffsetClass1Fraction
            : parameters.AddOns.OffsetOtherFraction;
        ClosingConstants? closing = terms.Liquidity is null
            ? null
            : new ClosingConstants(terms.Liquidity, parameters.Liquidity);
        bool isHere = offset >= 0m & LineFraction.TryOf(1m - offset, out LineFraction kept)
            & IsNano(terms.Flow.MultiplierNano) & IsNano(terms.CalmnessNano)
            & IsNano(Math.Abs(terms.Flow.DriftMaintenanceNano)) & IsNano(Math.Abs(terms.Flow.DriftInitialNano))
            & closing is null or { IsHere: true };
        ScenarioSets sets = arrays.Scenarios;
        return new UnderlyingConstants
        {
            IsHere = isHere,
            Kept = kept,
            MultiplierNano = terms.Flow.MultiplierNano,
            CalmnessNano = terms.CalmnessNano,
            DriftMaintenanceNano = terms.Flow.DriftMaintenanceNano,
            DriftInitialNano = terms.Flow.DriftInitialNano,
            RootMaintenance = RootOf(sets.Maintenance, asset),
            RootInitial = RootOf(sets.Initial, asset),
            Closing = closing,
            IndexMicroUsd = terms.IndexMicroUsd,
        };
    }

    private static bool IsNano(long value) => value is >= 0 and < LineLimits.NanoMax;

    private static ulong RootOf(ScenarioSet set, AssetId asset) => (ulong)WholeRoot.Down(
        RootScale * (BigInteger)RootScale * set.HorizonHours[set.IndexOf(asset)] / HoursPerDay);
}
