namespace Breakwater.Sensitivities;

/// <summary>Sensitivities of a USD value, in the columns of METHODOLOGY 1.2; they add over positions.</summary>
/// <remarks>
/// Taken along the instrument's own price F with the spot moving in proportion (S/F held, docs/adr/0031), time in
/// years, forward held in time. Of a linear option they are those of METHODOLOGY 1.2; of an inverse one, whose USD
/// value is (S/F)·Black, S/F times those. <c>default</c> is no sensitivity.
/// </remarks>
/// <param name="Delta">Units of underlying.</param>
/// <param name="Gamma">Units of underlying per USD.</param>
/// <param name="Vega">USD per 1.00 of volatility.</param>
/// <param name="Theta">USD per year of passing time.</param>
/// <param name="Vanna">Units of underlying per 1.00 of volatility.</param>
/// <param name="Volga">USD per 1.00 of volatility squared.</param>
/// <param name="Charm">Units of underlying per year of passing time.</param>
/// <param name="Speed">Change of gamma per USD.</param>
/// <param name="Zomma">Change of gamma per 1.00 of volatility.</param>
/// <param name="Rho">USD per 1.00 of the discount rate, forward held.</param>
/// <param name="RhoForward">USD per 1.00 of carry b in F = S·e^{bT}, spot held.</param>
/// <param name="DeltaSmile">Delta with volatility moving at constant moneyness (R = 0), units of underlying.</param>
public readonly record struct GreekVector(
    double Delta,
    double Gamma,
    double Vega,
    double Theta,
    double Vanna,
    double Volga,
    double Charm,
    double Speed,
    double Zomma,
    double Rho,
    double RhoForward,
    double DeltaSmile)
{
    private const double DaysPerYear = 365.0; // METHODOLOGY 0

    /// <summary>Theta, USD per day.</summary>
    public double ThetaPerDay => Theta / DaysPerYear;

    /// <summary>Of an instrument that moves one for one with its price and with nothing else.</summary>
    /// <param name="delta">Units of underlying.</param>
    public static GreekVector OfDelta(double delta) => default(GreekVector) with { Delta = delta, DeltaSmile = delta };

    /// <summary>Sum, column by column.</summary>
    public static GreekVector operator +(in GreekVector left, in GreekVector right) => new(
        left.Delta + right.Delta,
        left.Gamma + right.Gamma,
        left.Vega + right.Vega,
        left.Theta + right.Theta,
        left.Vanna + right.Vanna,
        left.Volga + right.Volga,
        left.Charm + right.Charm,
        left.Speed + right.Speed,
        left.Zomma + right.Zomma,
        left.Rho + right.Rho,
        left.RhoForward + right.RhoForward,
        left.DeltaSmile + right.DeltaSmile);

    /// <summary>Product with a number, column by column.</summary>
    public static GreekVector operator *(double factor, in GreekVector vector) => new(
        factor * vector.Delta,
        factor * vector.Gamma,
        factor * vector.Vega,
        factor * vector.Theta,
        factor * vector.Vanna,
        factor * vector.Volga,
        factor * vector.Charm,
        factor * vector.Speed,
        factor * vector.Zomma,
        factor * vector.Rho,
        factor * vector.RhoForward,
        factor * vector.DeltaSmile);
}
