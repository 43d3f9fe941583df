namespace Breakwater.Surfaces;

/// <summary>Joint shock of one underlying's surface (METHODOLOGY 2.5, 3.1).</summary>
/// <param name="LevelRelative">Relative change u of 30-day at-the-money volatility; a slice moves by u·g(T). 0.5 means
/// +50 %; finite. However negative, no volatility falls below a tenth.</param>
/// <param name="RhoShift">Additive change of every slice's skew ρ; finite.</param>
/// <param name="SmileRelative">Relative change of every slice's b at unchanged w(0); finite, ≥ −1.</param>
public readonly record struct SmileShock(double LevelRelative, double RhoShift, double SmileRelative)
{
    /// <summary>Nothing moves.</summary>
    public static SmileShock None => default;

    /// <summary>Whether the smile changes shape, not only level.</summary>
    public bool HasTwist => RhoShift != 0.0 || SmileRelative != 0.0;
}
