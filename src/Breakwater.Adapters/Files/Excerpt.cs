using System.Globalization;
using System.Text;

namespace Breakwater.Adapters.Files;

/// <summary>Shortens offending input for a refusal, and makes it harmless to print.</summary>
internal static class Excerpt
{
    private const int LengthMax = 40;

    /// <summary>At most forty characters; control characters and non-ASCII are written as <c>\uXXXX</c>.</summary>
    internal static string Of(ReadOnlySpan<char> text)
    {
        StringBuilder excerpt = new();
        foreach (char character in text[..Math.Min(text.Length, LengthMax)])
        {
            if (character is >= ' ' and <= '~')
            {
                excerpt.Append(character);
            }
            else
            {
                excerpt.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
        }

        return text.Length > LengthMax ? excerpt.Append('…').ToString() : excerpt.ToString();
    }

    /// <summary>The same of bytes, one character each.</summary>
    internal static string Of(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> head = text[..Math.Min(text.Length, LengthMax + 1)];
        return Of(Encoding.Latin1.GetString(head).AsSpan());
    }
}
