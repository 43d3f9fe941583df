namespace Breakwater.Numerics;

/// <summary>Internal invariants that stay on in release builds: a broken one stops the batch before it
/// publishes.</summary>
public static class Check
{
    /// <summary>States a fact that must hold whatever the input was.</summary>
    /// <param name="holds">The fact.</param>
    /// <param name="message">What is broken, with values and units.</param>
    /// <exception cref="InvalidOperationException">The fact does not hold: a mistake in this code, not in its
    /// input.</exception>
    public static void That(bool holds, string message)
    {
        if (!holds) throw new InvalidOperationException($"invariant broken: {message}");
    }
}
