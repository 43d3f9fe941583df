namespace Breakwater.Books;

/// <summary>What a screen asks of one slot and adds up for it.</summary>
/// <param name="From">t of the certificate, without what every scenario costs.</param>
/// <param name="Cut">The same less all errors of single precision; +∞ where nothing is screened.</param>
/// <param name="Worst">What value at risk has to stay below, likewise.</param>
/// <param name="Error">All errors of single precision.</param>
internal record struct ScreenSums(double From, float Cut, float Worst, double Error)
{
    /// <summary>A slot of which nothing is asked.</summary>
    internal static ScreenSums None { get; } =
        new(double.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, 0.0);

    /// <summary>Σ weight × (loss − t)⁺ so far.</summary>
    internal double Excess { get; set; }

    /// <summary>Weight of the losses that reach that, so far.</summary>
    internal double Beyond { get; set; }

    /// <summary>Whether something is asked.</summary>
    internal readonly bool IsAsked => !double.IsPositiveInfinity(From);
}
