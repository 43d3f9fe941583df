using Breakwater.Parameters;

namespace Breakwater.Books;

/// <summary>Governed constants of METHODOLOGY 4.3 as fractions of whole numbers.</summary>
internal sealed class LineRates
{
    private readonly LineFraction[] _fractions;

    /// <summary>Prepares the constants.</summary>
    /// <param name="parameters">Governed constants.</param>
    internal LineRates(RiskParameters parameters)
    {
        (MarginParameters margin, AddOnParameters addOns) = (parameters.Margin, parameters.AddOns);
        ReadOnlySpan<decimal> values =
        [
            addOns.BufferFraction, addOns.MultiplierMaximum, addOns.BasisPerpetualQuarterDaily,
            addOns.BasisCrossQuarterDaily, margin.InitialToMaintenanceMinimum, margin.TargetToMaintenance,
            margin.WarningRatio, margin.CallRatio, margin.DeleverageRatio, margin.AuctionRatio,
            margin.ShortOptionMinimumMaintenanceFraction, margin.ShortOptionMinimumInitialFraction,
            margin.ShortOptionMinimumGrossFloorFraction, addOns.BasisPerpetualSpotDaily,
        ];
        _fractions = new LineFraction[values.Length];
        IsHere = true;
        for (int index = 0; index < values.Length; index++)
        {
            IsHere &= LineFraction.TryOf(values[index], out _fractions[index]);
        }
    }

    /// <summary>Whether all are within the limits.</summary>
    internal bool IsHere { get; }

    /// <summary>Share of the core held when all is calm.</summary>
    internal ref readonly LineFraction Buffer => ref _fractions[0];

    /// <summary>Cap of the product of multipliers.</summary>
    internal ref readonly LineFraction Cap => ref _fractions[1];

    /// <summary>Basis of perpetual against dated prices, per √day.</summary>
    internal ref readonly LineFraction BasisNear => ref _fractions[2];

    /// <summary>Basis of dated prices against each other, per √day.</summary>
    internal ref readonly LineFraction BasisCross => ref _fractions[3];

    /// <summary>Least IM ÷ MM.</summary>
    internal ref readonly LineFraction InitialLeast => ref _fractions[4];

    /// <summary>Target ÷ MM.</summary>
    internal ref readonly LineFraction Target => ref _fractions[5];

    /// <summary>Trigger of the warning.</summary>
    internal ref readonly LineFraction Warning => ref _fractions[6];

    /// <summary>Trigger of the call.</summary>
    internal ref readonly LineFraction Call => ref _fractions[7];

    /// <summary>Trigger of deleveraging.</summary>
    internal ref readonly LineFraction Deleverage => ref _fractions[8];

    /// <summary>Trigger of the auction.</summary>
    internal ref readonly LineFraction Auction => ref _fractions[9];

    /// <summary>Short-option minimum, maintenance.</summary>
    internal ref readonly LineFraction ShortMaintenance => ref _fractions[10];

    /// <summary>Short-option minimum, initial.</summary>
    internal ref readonly LineFraction ShortInitial => ref _fractions[11];

    /// <summary>Least share of the gross short options.</summary>
    internal ref readonly LineFraction GrossFloor => ref _fractions[12];

    /// <summary>Basis of spot against the perpetual, per √day.</summary>
    internal ref readonly LineFraction BasisSpot => ref _fractions[13];

    /// <summary>Short-option minimum: max(net, floor × gross) × rate, rounded up once.</summary>
    /// <param name="net">After spreads, micro-dollars; below 2^60.</param>
    /// <param name="gross">Before, micro-dollars; below 2^60.</param>
    /// <param name="rate">Fraction of the index.</param>
    internal UInt128 ShortOptionUp(long net, long gross, in LineFraction rate)
    {
        // ⌈⌈x ÷ a⌉ ÷ b⌉ = ⌈x ÷ (a·b)⌉; 2^60 × 2^32 × 2^32
        LineFraction floor = GrossFloor;
        UInt128 basis = UInt128.Max(
            Math.BigMul((ulong)net, floor.Unit.Value), Math.BigMul((ulong)gross, (ulong)floor.Whole));
        return rate.Unit.Up(floor.Unit.Up(unchecked(basis * (ulong)rate.Whole)));
    }
}
