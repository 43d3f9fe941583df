using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Scenarios;

namespace Breakwater.Margin.AddOns;

/// <summary>A_pin of one underlying: options that expire within hours, net per strike (METHODOLOGY 4.5).</summary>
internal static class PinCharge
{
    /// <summary>The charge, femto-dollars.</summary>
    /// <param name="book">Net pins by expiry and strike.</param>
    /// <param name="horizon">Which horizon.</param>
    internal static BigInteger Of(UnderlyingBook book, MarginHorizon horizon)
    {
        BigInteger sum = 0;
        foreach ((FillRange maintenance, FillRange initial) in book.Pins)
        {
            sum += (horizon == MarginHorizon.Maintenance ? maintenance : initial).WorstMagnitude;
        }

        return sum * Femto.PerMicro;
    }
}
