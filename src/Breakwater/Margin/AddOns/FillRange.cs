using System.Numerics;

namespace Breakwater.Margin.AddOns;

/// <summary>A signed quantity now, and how far the fills of resting orders may take it up and down.</summary>
/// <param name="Held">Quantity without fills.</param>
/// <param name="Up">Sum of what fills may add; ≥ 0.</param>
/// <param name="Down">Sum of what fills may take away; ≥ 0.</param>
internal readonly record struct FillRange(BigInteger Held, BigInteger Up, BigInteger Down)
{
    /// <summary>Greatest magnitude over all fills: it never falls when an order is added.</summary>
    internal BigInteger WorstMagnitude =>
        BigInteger.Max(BigInteger.Abs(Held), BigInteger.Max(BigInteger.Abs(Held + Up), BigInteger.Abs(Held - Down)));

    /// <summary>Greatest value over all fills.</summary>
    internal BigInteger Greatest => Held + Up;

    /// <summary>Least value over all fills.</summary>
    internal BigInteger Least => Held - Down;

    /// <summary>The range with a holding added.</summary>
    /// <param name="amount">Signed quantity, in the range's own unit.</param>
    internal FillRange Hold(BigInteger amount) => this with { Held = Held + amount };

    /// <summary>The range with an order added, which may fill or not.</summary>
    /// <param name="amount">Signed quantity, in the range's own unit.</param>
    internal FillRange Order(BigInteger amount) => amount.Sign >= 0
        ? this with { Up = Up + amount }
        : this with { Down = Down - amount };
}
