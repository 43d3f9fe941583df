using System.Globalization;
using System.Text.Json;

namespace Breakwater.Cli.Conformance;

/// <summary>A number of a reference file: its text, its exact value, and how finely it is printed.</summary>
/// <param name="Text">As written.</param>
/// <param name="Exact">Exact value of the text.</param>
/// <param name="Nearest">The double nearest to it.</param>
/// <param name="HalfLastDigit">Half a unit of the last digit printed; zero where the text states an exact
/// number.</param>
/// <param name="IsWholeDouble">Whether it is a decimal fraction with as many digits as a double holds.</param>
internal sealed record ReferenceNumber(
    string Text, ExactNumber Exact, double Nearest, ExactNumber HalfLastDigit, bool IsWholeDouble)
{
    private const int RoundedDigitsMin = 6;
    private const int FullDigits = 15;

    /// <summary>Half a unit of the last digit as it stands there, for tolerances that speak of printed digits; zero for
    /// fractions.</summary>
    public ExactNumber HalfPrintedDigit { get; private init; } = ExactNumber.Of(0.0);

    /// <summary>Reads a JSON number, or a string that holds a decimal or a fraction <c>a/b</c>.</summary>
    public static bool TryRead(JsonElement element, out ReferenceNumber number)
    {
        string? text = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => element.GetString(),
            _ => null,
        };
        number = null!;
        return text is not null && TryParse(text, element.ValueKind == JsonValueKind.Number, out number);
    }

    /// <summary>Reads a decimal or a fraction <c>a/b</c>.</summary>
    public static bool TryParse(string text, out ReferenceNumber number) => TryParse(text, false, out number);

    /// <summary>Half a unit of the <paramref name="figures"/>-th significant figure.</summary>
    public ExactNumber HalfFigure(int figures)
    {
        if (Exact.IsZero)
        {
            return Exact;
        }

        int leading = (int)Math.Floor(Math.Log10(Math.Abs(Nearest)));
        leading += Exact.Magnitude >= ExactNumber.PowerOfTen(leading + 1) ? 1 : 0;
        return ExactNumber.PowerOfTen(leading - figures + 1) * ExactNumber.Of(0.5);
    }

    private static bool TryParse(string text, bool isJsonNumber, out ReferenceNumber number)
    {
        number = null!;
        string[] parts = text.Split('/');
        if (parts.Length == 2)
        {
            return TryParseFraction(text, parts, out number);
        }

        if (!ExactNumber.TryParse(text, out ExactNumber exact, out int lastDigitExponent)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double nearest)
            || !double.IsFinite(nearest))
        {
            return false;
        }

        // A JSON number of few digits is meant exactly (0.25), one of many is a whole double; between, it was rounded.
        int digits = DigitCount(text);
        bool isRounded = !isJsonNumber || digits is >= RoundedDigitsMin and < FullDigits;
        ExactNumber half = ExactNumber.PowerOfTen(lastDigitExponent)
            * ExactNumber.Of(isRounded && lastDigitExponent < 0 ? 0.5 : 0.0);
        number = new(text, exact, nearest, half, lastDigitExponent < 0 && digits >= FullDigits)
        {
            HalfPrintedDigit = ExactNumber.PowerOfTen(lastDigitExponent) * ExactNumber.Of(0.5),
        };
        return true;
    }

    private static int DigitCount(string text)
    {
        int exponentAt = text.IndexOfAny(['e', 'E']);
        string mantissa = exponentAt < 0 ? text : text[..exponentAt];
        return mantissa.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('-').TrimStart('0').Length;
    }

    private static bool TryParseFraction(string text, string[] parts, out ReferenceNumber number)
    {
        number = null!;
        if (!TryParse(parts[0], out ReferenceNumber above) || !TryParse(parts[1], out ReferenceNumber below)
            || below.Exact.IsZero)
        {
            return false;
        }

        number = new(text, above.Exact / below.Exact, above.Nearest / below.Nearest, ExactNumber.Of(0.0), false);
        return true;
    }
}
