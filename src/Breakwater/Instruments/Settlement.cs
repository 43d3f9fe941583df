namespace Breakwater.Instruments;

/// <summary>Currency in which a derivative is quoted and settled. Its <c>default</c> is <see cref="Linear"/>.</summary>
public enum Settlement
{
    /// <summary>Quoted and settled in the numeraire (USDC).</summary>
    Linear,

    /// <summary>Quoted and settled in the coin itself: the value in numeraire also moves with the coin.</summary>
    Inverse,
}
