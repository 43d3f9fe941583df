using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

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

    /// <summary>States a fact that must hold whatever the input was; its message is composed only if it does not.
    /// </summary>
    /// <param name="holds">The fact.</param>
    /// <param name="message">What is broken, with values and units.</param>
    /// <exception cref="InvalidOperationException">The fact does not hold: a mistake in this code, not in its
    /// input.</exception>
    public static void That(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] CheckMessage message)
    {
        if (!holds) throw new InvalidOperationException($"invariant broken: {message.ToString()}");
    }
}

/// <summary>Message of a check: nothing is formatted where the check holds, so checks may stay on hot paths.</summary>
/// <remarks>The compiler calls it for interpolated strings. <c>default</c> is an empty message.</remarks>
[InterpolatedStringHandler]
public readonly ref struct CheckMessage
{
    private readonly StringBuilder? _text;

    /// <summary>Starts a message.</summary>
    /// <param name="literalLength">Characters of its literal parts.</param>
    /// <param name="formattedCount">Number of its values.</param>
    /// <param name="holds">The fact: if it holds there will be no message.</param>
    /// <param name="isNeeded">Whether the parts are to be appended.</param>
    public CheckMessage(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        const int ValueLength = 12; // a guess: saves growing
        isNeeded = !holds;
        _text = holds ? null : new StringBuilder(literalLength + (formattedCount * ValueLength));
    }

    /// <summary>Appends a literal part.</summary>
    /// <param name="value">The text.</param>
    public void AppendLiteral(string value) => _text?.Append(value);

    /// <summary>Appends a value.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    /// <summary>Appends a value in a format.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">Its format; <c>null</c> for the usual one.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public void AppendFormatted<T>(T value, string? format) => _text?.Append(
        value is IFormattable own ? own.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    /// <summary>The message.</summary>
    public override string ToString() => _text?.ToString() ?? string.Empty;
}
