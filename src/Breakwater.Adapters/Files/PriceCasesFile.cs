using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>One option to be valued from plain numbers (INTERFACES 2, <c>price</c>).</summary>
/// <param name="Id">Name of the case, unique in its file.</param>
/// <param name="Right">Call or put.</param>
/// <param name="Forward">Forward price, money per unit of underlying; in [1e-9, 1e15].</param>
/// <param name="Strike">Strike, same unit and range.</param>
/// <param name="ExpiryYears">Time to expiry, ACT/365 years; in [−1000, 1000], negative for an expired option.</param>
/// <param name="VolatilityAnnual">Volatility per √year, in [0, 1000]; <c>null</c> where a price is given.</param>
/// <param name="Price">Price in the currency of settlement per unit of underlying, in [0, 1e15]; <c>null</c> where a
/// volatility is given.</param>
/// <param name="Discount">Discount factor, in [1e-9, 1e3].</param>
/// <param name="Settlement">Linear: money; inverse: coin.</param>
public sealed record PriceCase(
    string Id,
    OptionRight Right,
    double Forward,
    double Strike,
    double ExpiryYears,
    double? VolatilityAnnual,
    double? Price,
    double Discount,
    Settlement Settlement);

/// <summary>Reads the input of <c>price</c>: <c>{ "cases": [ … ] }</c>.</summary>
public static class PriceCasesFile
{
    /// <summary>Most cases in one file.</summary>
    public const int CountMax = 100_000;

    private const double PriceMin = 1e-9;
    private const double PriceMax = 1e15;
    private const double YearsMax = 1000.0;
    private const double VolatilityMax = 1000.0;
    private const double DiscountMax = 1000.0;

    /// <summary>Reads a file; refused whole if anything in it is.</summary>
    /// <param name="path">The file.</param>
    public static Result<ImmutableArray<PriceCase>> Load(string path)
    {
        List<Failure> failures = [];
        JsonValue? root = StrictJson.Load(path, failures);
        ImmutableArray<PriceCase> cases = root is null ? [] : ReadAll(root, path, failures);
        return failures.Count == 0
            ? Result<ImmutableArray<PriceCase>>.Accepted(cases)
            : Result<ImmutableArray<PriceCase>>.Refused(failures);
    }

    private static ImmutableArray<PriceCase> ReadAll(JsonValue root, string file, List<Failure> failures)
    {
        JsonFields fields = new(root, file, failures, "cases");
        IReadOnlyList<JsonValue> items = fields.Array("cases");
        if (items.Count > CountMax)
        {
            fields.RefuseMember(FailureReason.TooLarge, $"{items.Count} cases", "cases", $"at most {CountMax}");
            return [];
        }

        HashSet<string> ids = new(StringComparer.Ordinal);
        ImmutableArray<PriceCase>.Builder cases = ImmutableArray.CreateBuilder<PriceCase>(items.Count);
        foreach (JsonValue item in items)
        {
            JsonFields members = new(
                item, file, failures, "id", "type", "forward", "strike", "T", "vol", "price", "discount", "settlement");
            PriceCase read = ReadCase(members);
            if (read.Id.Length > 0 && !ids.Add(read.Id))
            {
                members.RefuseMember(FailureReason.Duplicate, "the id stands twice", "id", "each id once");
            }

            cases.Add(read);
        }

        return cases.ToImmutable();
    }

    private static PriceCase ReadCase(JsonFields fields)
    {
        bool hasVolatility = fields.Has("vol");
        bool hasPrice = fields.Has("price");
        if (hasVolatility == hasPrice)
        {
            fields.RefuseMember(
                hasPrice ? FailureReason.Inconsistent : FailureReason.Missing,
                hasPrice ? "both vol and price are given" : "neither vol nor price is given",
                "vol",
                "one of vol and price");
        }

        return new PriceCase(
            fields.Text("id", "a text"),
            Choice(fields, "type", null, ("Call", OptionRight.Call), ("Put", OptionRight.Put)),
            Number(fields, "forward", PriceMin, PriceMax),
            Number(fields, "strike", PriceMin, PriceMax),
            Years(fields),
            hasVolatility ? Number(fields, "vol", 0.0, VolatilityMax) : null,
            hasPrice ? Number(fields, "price", 0.0, PriceMax) : null,
            fields.Has("discount") ? Number(fields, "discount", PriceMin, DiscountMax) : 1.0,
            Choice(
                fields, "settlement", Settlement.Linear,
                ("linear", Settlement.Linear), ("inverse", Settlement.Inverse)));
    }

    private static double Number(JsonFields fields, string name, double minimum, double maximum)
    {
        string? text = fields.Decimal(name);
        if (text is null)
        {
            return minimum;
        }

        if (StrictNumber.TryDouble(text, out double value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        fields.RefuseMember(FailureReason.OutOfRange, "outside its range", name, $"[{minimum:R}, {maximum:R}]");
        return minimum;
    }

    // A decimal, or a fraction such as 30/365.
    private static double Years(JsonFields fields)
    {
        string text = fields.Fraction("T") ?? string.Empty;
        string[] parts = text.Split('/');
        double below = 1.0;
        if (StrictNumber.TryDouble(parts[0], out double above)
            && (parts.Length == 1 || (StrictNumber.TryDouble(parts[1], out below) && below > 0.0))
            && Math.Abs(above / below) <= YearsMax)
        {
            return above / below;
        }

        fields.RefuseMember(
            !fields.Has("T") ? FailureReason.Missing
                : text.Length == 0 ? FailureReason.Malformed : FailureReason.OutOfRange,
            "no time to expiry in years",
            "T",
            $"a decimal or a fraction such as 30/365, in [-{YearsMax:R}, {YearsMax:R}]");
        return 0.0;
    }

    private static T Choice<T>(
        JsonFields fields, string name, T? absent, params ReadOnlySpan<(string Text, T Value)> known)
        where T : struct
    {
        if (absent is { } value && !fields.Has(name))
        {
            return value;
        }

        string text = fields.Text(name, $"{known[0].Text} or {known[1].Text}");
        foreach ((string word, T meaning) in known)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        if (text.Length > 0)
        {
            fields.RefuseMember(FailureReason.Unknown, "unknown word", name, $"{known[0].Text} or {known[1].Text}");
        }

        return known[0].Value;
    }
}
